package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.application.port.EventLog;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.user.UserEvolution;
import dev.microcos.core.domain.user.UserState;
import dev.microcos.core.testkit.People;
import dev.microcos.local.services.transport.InProcessHttpClient;
import dev.microcos.local.services.transport.Router;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which states of the past are kept beside the log. */
class CheckpointsTest {

  private static final int EVENTS_A_DAY = 100;

  private final People people = new People(1);

  @Test
  void are_all_of_a_month_and_before_it_the_first_of_each_thousand_seqs(@TempDir Path folder) {
    try (Closing closing = new Closing()) {
      Services services =
          closing.add(Services.open(folder, InstantSource.system(), Blueprints.PLACE));
      Router router = Router.to(services.dynamodb(), services.sqs(), services.kms());
      String key = services.kms().ensureKey("checkpoints");
      AwsFixture aws = closing.add(new AwsFixture(new InProcessHttpClient(router), key));
      EventLog<UserState> log = aws.adapters().log();
      Person person = aws.adapters().people().current(People.person("old hand").user());
      UserState state = UserState.empty(person);
      for (int day = 1; day <= 60; day++) {
        Commit commit = commit(state, People.NOON.plus(Duration.ofDays(day)));
        assertThat(log.append(commit)).isTrue();
        for (Event event : commit.events()) {
          state = UserEvolution.evolve(state, event);
        }
        log.keepSnapshot(state);
      }
      List<Long> checkpoints =
          aws.sortKeys("log", person.partition(), "s#").stream()
              .map(sk -> Long.parseLong(sk.split("#", -1)[1]))
              .distinct()
              .toList();
      assertThat(checkpoints)
          .containsExactlyElementsOf(
              Stream.concat(
                      Stream.of(1_100L, 2_100L),
                      LongStream.rangeClosed(31, 60).mapToObj(day -> day * EVENTS_A_DAY))
                  .toList());
      assertThat(log.load(person, 2_050).state().seq()).isEqualTo(2_050);
    }
  }

  private Commit commit(UserState state, Instant at) {
    return new Commit(
        state.person(),
        IntStream.rangeClosed(1, EVENTS_A_DAY)
            .mapToObj(i -> new Event(state.seq() + i, at, people.adds(state.person(), "task", at)))
            .toList(),
        List.of());
  }
}
