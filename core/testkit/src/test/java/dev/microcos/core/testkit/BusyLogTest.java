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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A log that gets more events in five minutes than its ring has ids, after a quiet hour. */
class BusyLogTest {

  private static final Person ANA = People.person("ana");
  private static final int BATCH = 64;

  private final People people = new People(1);
  private final TestClock clock = new TestClock();
  private final Sought log = new Sought(MemoryLog.ofPeople());
  private final List<Envelope> sent = new ArrayList<>();

  private Reduce<UserState> reducer() {
    return Reduce.ofPeople(
        new MemoryPeople(), log, (_, _) -> {}, new RecordedPush(), clock, Policy.DEFAULT);
  }

  private void reduce(Reduce<UserState> reducer, int envelopes) {
    clock.advance(Duration.ofMillis(100));
    List<Envelope> batch = new ArrayList<>();
    for (int i = 0; i < envelopes; i++) {
      batch.add(people.adds(ANA, "task", clock.instant()));
    }
    sent.addAll(batch);
    reduce(reducer, batch);
  }

  private static void reduce(Reduce<UserState> reducer, List<Envelope> envelopes) {
    Outcome outcome =
        reducer.reduce(envelopes.stream().map(each -> new Incoming(each, 1)).toList());
    assertThat(outcome).isEqualTo(new Outcome(envelopes.size(), null));
  }

  /** An envelope an hour ago, then twice as many as a ring has. */
  private void live(Reduce<UserState> reducer) {
    reduce(reducer, 1);
    clock.advance(Duration.ofHours(1));
    for (int i = 0; i < 2 * Ring.CAPACITY / BATCH; i++) {
      reduce(reducer, BATCH);
    }
  }

  private void repeatsChangeNothing(Reduce<UserState> reducer) {
    for (int index : new int[] {0, 1, 2, sent.size() / 3, sent.size() - 1}) {
      reduce(reducer, List.of(sent.get(index)));
    }
    assertThat(log.load(ANA).state().seq()).isEqualTo(sent.size());
  }

  @Test
  void is_read_once_by_each_reducer() {
    live(reducer());
    assertThat(log.readings).isEqualTo(1);
    Reduce<UserState> cold = reducer();
    for (int i = 0; i < 10; i++) {
      reduce(cold, 1);
    }
    assertThat(log.readings).isEqualTo(2);
    assertThat(log.seeks).isZero();
    repeatsChangeNothing(cold);
    reduce(cold, 1);
    assertThat(log.readings).isEqualTo(2);
  }

  @Test
  void is_known_to_each_of_two_reducers_that_take_turns() {
    Reduce<UserState> one = reducer();
    Reduce<UserState> other = reducer();
    live(one);
    for (int i = 0; i < 10; i++) {
      reduce(other, 1);
      reduce(one, 1);
    }
    repeatsChangeNothing(one);
    repeatsChangeNothing(other);
    for (int i = 1; i <= 20; i++) {
      reduce(i % 2 == 0 ? one : other, List.of(sent.get(sent.size() - i)));
    }
    assertThat(log.load(ANA).state().seq()).isEqualTo(sent.size());
  }

  @Test
  void is_known_back_to_each_minute_that_counts_however_long_it_goes_on() {
    Reduce<UserState> reducer = reducer();
    live(reducer);
    for (int minute = 0; minute < 40; minute++) {
      clock.advance(Duration.ofMinutes(1));
      for (int i = 0; i < Ring.CAPACITY / BATCH / 4; i++) {
        reduce(reducer, BATCH);
      }
      reduce(reducer, List.of(sent.get(sent.size() - Ring.CAPACITY / 4 * 4 + 1)));
    }
    assertThat(log.load(ANA).state().seq()).isEqualTo(sent.size());
    repeatsChangeNothing(reducer);
  }

  /** Counts how often ids are read and events sought. */
  private static final class Sought implements EventLog<UserState> {
    private final EventLog<UserState> log;
    int readings;
    int seeks;

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
      seeks++;
      return log.find(subject, event);
    }

    @Override
    public Ids idsOf(Subject subject, long after, Instant since) {
      readings++;
      return log.idsOf(subject, after, since);
    }

    @Override
    public void keepSnapshot(UserState state) {
      log.keepSnapshot(state);
    }
  }
}
