package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.application.Perform;
import dev.microcos.core.application.Reduce;
import dev.microcos.core.application.Reduce.Incoming;
import dev.microcos.core.application.port.Loaded;
import dev.microcos.core.application.port.UserLog;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.TaskId;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Fact.TaskDeleted;
import dev.microcos.core.domain.user.Policy;
import dev.microcos.core.testkit.MemoryOperations;
import dev.microcos.core.testkit.People;
import dev.microcos.core.testkit.RecordedPush;
import dev.microcos.core.testkit.TestClock;
import dev.microcos.local.services.transport.InProcessHttpClient;
import dev.microcos.local.services.transport.Router;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cold reducer waits for: the state of somebody who has done much. */
class LoadTest {

  private static final Duration GOAL = Duration.ofMillis(50);
  private static final int ROWS = 100;
  private static final int TAIL = 63;

  private final TestClock clock = new TestClock();
  private final People people = new People(1);

  @Test
  void a_tail_of_63_commits_after_10_000_events_is_there_within_50_ms(@TempDir Path folder) {
    try (Closing closing = new Closing()) {
      Services services = closing.add(Services.open(folder, InstantSource.system()));
      Router router = Router.to(services.dynamodb(), services.sqs(), services.kms());
      String key = services.kms().ensureKey("load");
      AwsFixture aws = closing.add(new AwsFixture(new InProcessHttpClient(router), key));
      UserLog log = aws.adapters().log();
      Person person = aws.adapters().people().current(People.person("busy").user());
      live(log, person);

      long[] nanos = new long[40];
      for (int i = 0; i < nanos.length; i++) {
        long begin = System.nanoTime();
        Loaded loaded = log.load(person);
        nanos[i] = System.nanoTime() - begin;
        assertThat(loaded.state().seq()).isGreaterThan(10_000);
        assertThat(loaded.state().tasks().size()).isEqualTo(ROWS);
        assertThat(loaded.commitsSinceSnapshot()).isEqualTo(TAIL);
      }
      Arrays.sort(nanos);
      Duration median = Duration.ofNanos(nanos[nanos.length / 2]);
      System.out.println(
          "load with a tail of 63 commits: median " + median.toNanos() / 1_000 + " us");
      assertThat(median).isLessThan(GOAL);
    }
  }

  /** Three times 64 commits, so that the last of them leaves a snapshot, and a tail. */
  private void live(UserLog log, Person person) {
    Reduce reduce =
        new Reduce(
            user -> person,
            log,
            new Perform(_ -> {}, new MemoryOperations(), clock),
            new RecordedPush(),
            clock,
            Policy.DEFAULT);
    for (int commit = 0; commit < 3 * 64; commit++) {
      List<Envelope> group = new ArrayList<>();
      for (int i = 0; i < 53; i++) {
        group.add(commit * 53 + i < ROWS ? added(person) : refused(person));
      }
      reduced(reduce, group);
    }
    for (int commit = 0; commit < TAIL; commit++) {
      reduced(reduce, List.of(refused(person)));
    }
  }

  private void reduced(Reduce reduce, List<Envelope> group) {
    clock.advance(Duration.ofSeconds(10));
    List<Incoming> incoming = group.stream().map(each -> new Incoming(each, 1)).toList();
    assertThat(reduce.reduce(group.getFirst().person().user(), incoming).done())
        .isEqualTo(group.size());
  }

  private Envelope added(Person person) {
    return people.adds(person, "something to do", clock.instant());
  }

  private Envelope refused(Person person) {
    return people.envelope(person, clock.instant(), id -> new TaskDeleted(TaskId.madeBy(id)));
  }
}
