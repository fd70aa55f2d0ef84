package dev.microcos.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.application.Reduce;
import dev.microcos.core.application.Reduce.Incoming;
import dev.microcos.core.application.Reduce.Outcome;
import dev.microcos.core.application.port.EventLog;
import dev.microcos.core.application.port.Loaded;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.Subject;
import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Ring;
import dev.microcos.core.domain.user.Policy;
import dev.microcos.core.domain.user.UserState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A log that gets more events in five minutes than its snapshots keep ids of. */
class BusyLogTest {

  private static final Person ANA = People.person("ana");
  private static final int EVENTS = 2 * Ring.CAPACITY;
  private static final int BATCH = 64;

  private final People people = new People(1);
  private final Sought log = new Sought(MemoryLog.ofPeople());
  private final List<Envelope> sent = new ArrayList<>();

  @Test
  void is_not_sought_through_by_a_reducer_that_folded_all_of_it() {
    Reduce<UserState> reducer = reducer();
    fill(reducer);
    assertThat(log.rings).isZero();
    assertThatRepeatsChangeNothing(reducer);
  }

  @Test
  void is_sought_through_once_by_a_reducer_that_is_new() {
    fill(reducer());
    Reduce<UserState> cold = reducer();
    reduce(cold, envelope());
    reduce(cold, envelope());
    reduce(cold, envelope());
    assertThat(log.rings).isEqualTo(1);
    assertThatRepeatsChangeNothing(cold);
  }

  private void assertThatRepeatsChangeNothing(Reduce<UserState> reducer) {
    long seq = log.load(ANA).state().seq();
    assertThat(seq).isEqualTo(sent.size());
    for (int index : new int[] {0, 1, EVENTS / 3, EVENTS / 2, EVENTS - 1}) {
      reduce(reducer, sent.get(index));
    }
    assertThat(log.load(ANA).state().seq()).isEqualTo(seq);
  }

  private void fill(Reduce<UserState> reducer) {
    for (int i = 0; i < EVENTS / BATCH; i++) {
      List<Envelope> batch = new ArrayList<>();
      for (int k = 0; k < BATCH; k++) {
        batch.add(envelope());
      }
      reduce(reducer, batch.toArray(Envelope[]::new));
    }
  }

  private Envelope envelope() {
    Envelope envelope = people.adds(ANA, "task", People.NOON);
    sent.add(envelope);
    return envelope;
  }

  private static void reduce(Reduce<UserState> reducer, Envelope... envelopes) {
    Outcome outcome =
        reducer.reduce(List.of(envelopes).stream().map(each -> new Incoming(each, 1)).toList());
    assertThat(outcome).isEqualTo(new Outcome(envelopes.length, null));
  }

  private Reduce<UserState> reducer() {
    return Reduce.ofPeople(
        new MemoryPeople(), log, (_, _) -> {}, new RecordedPush(), new TestClock(), Policy.DEFAULT);
  }

  /** Counts how often a ring is read from the log. */
  private static final class Sought implements EventLog<UserState> {
    private final EventLog<UserState> log;
    int rings;

    Sought(EventLog<UserState> log) {
      this.log = log;
    }

    @Override
    public Loaded<UserState> load(Subject subject, long seq) {
      return log.load(subject, seq);
    }

    @Override
    public boolean append(Commit commit) {
      return log.append(commit);
    }

    @Override
    public List<Commit> after(Subject subject, long seq, int limit) {
      return log.after(subject, seq, limit);
    }

    @Override
    public Optional<Commit> find(Subject subject, EventId event) {
      return log.find(subject, event);
    }

    @Override
    public Ring ring(Subject subject, Instant since) {
      rings++;
      return log.ring(subject, since);
    }

    @Override
    public void keepSnapshot(UserState state) {
      log.keepSnapshot(state);
    }
  }
}
