package dev.microcos.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microcos.core.application.Perform;
import dev.microcos.core.application.Reduce;
import dev.microcos.core.application.Reduce.Incoming;
import dev.microcos.core.application.Reduce.Outcome;
import dev.microcos.core.application.port.AssistantJob;
import dev.microcos.core.application.port.AssistantJobs;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.Fact.StopReason;
import dev.microcos.core.domain.user.Policy;
import dev.microcos.core.domain.user.UserState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReduceTest {

  private static final Person ANA = People.person("ana");

  private final People people = new People(1);
  private final MemoryLog<UserState> log = MemoryLog.ofPeople();
  private final MemoryJobs jobs = new MemoryJobs();
  private final RecordedPush push = new RecordedPush();
  private final TestClock clock = new TestClock();

  private Reduce<UserState> reducer() {
    return reducer(new MemoryPeople(), log, jobs, clock);
  }

  private Reduce<UserState> reducer(
      MemoryPeople known, MemoryLog<UserState> over, AssistantJobs asked, TestClock now) {
    Perform perform =
        new Perform(
            known,
            over,
            new MemoryArchive(),
            asked,
            new MemoryOperations(),
            _ -> {},
            new MemorySchedules(),
            now);
    return Reduce.ofPeople(known, over, perform, push, now, Policy.DEFAULT);
  }

  private static Outcome reduce(Reduce<UserState> reducer, Envelope... envelopes) {
    return reducer.reduce(List.of(envelopes).stream().map(each -> new Incoming(each, 1)).toList());
  }

  private UserState state() {
    return log.load(ANA).state();
  }

  @Test
  void a_group_becomes_one_commit() {
    Outcome outcome =
        reduce(
            reducer(),
            people.adds(ANA, "one", People.NOON),
            people.adds(ANA, "two", People.NOON),
            people.says(ANA, "hello", People.NOON));
    assertThat(outcome).isEqualTo(new Outcome(3, null));
    assertThat(log.after(ANA, 0, 10)).singleElement().extracting(Commit::lastSeq).isEqualTo(3L);
    assertThat(push.events()).extracting(Event::seq).containsExactly(1L, 2L, 3L);
    assertThat(jobs.take()).hasSize(1);
  }

  @Test
  void an_envelope_that_comes_again_changes_nothing_but_begins_its_answer_again_while_it_is_open() {
    Reduce<UserState> reducer = reducer();
    Envelope said = people.says(ANA, "hello", People.NOON);
    reduce(reducer, said);
    AssistantJob job = jobs.take().getFirst();
    reduce(reducer, said);
    assertThat(jobs.take()).containsExactly(job);
    assertThat(state().seq()).isEqualTo(1);
    reduce(reducer, people.answers(said, "hi", StopReason.END_TURN, People.NOON));
    reduce(reducer, said);
    assertThat(jobs.take()).isEmpty();
    assertThat(state().seq()).isEqualTo(2);
  }

  @Test
  void of_two_reducers_one_is_first_and_the_other_decides_again() {
    Reduce<UserState> one = reducer();
    Reduce<UserState> other = reducer();
    reduce(one, people.adds(ANA, "1", People.NOON));
    reduce(other, people.adds(ANA, "2", People.NOON));
    reduce(one, people.adds(ANA, "3", People.NOON));
    reduce(other, people.adds(ANA, "4", People.NOON));
    assertThat(state().tasks().list())
        .extracting(task -> task.title())
        .containsExactly("1", "2", "3", "4");
  }

  @Test
  void envelopes_of_an_earlier_generation_are_dropped() {
    MemoryPeople erased = new MemoryPeople();
    erased.end(ANA);
    Reduce<UserState> reducer = reducer(erased, log, jobs, clock);
    assertThat(reduce(reducer, people.adds(ANA, "old", People.NOON)).done()).isEqualTo(1);
    assertThat(log.load(new Person(ANA.user(), 2)).state().seq()).isZero();
    assertThat(state().seq()).isZero();
  }

  /** What is remembered of a person may be a minute old: nothing may go to a log that is erased. */
  @Test
  void envelopes_of_a_generation_that_is_not_known_yet_wait_until_it_is() {
    Person anew = new Person(ANA.user(), 2);
    Envelope old = people.adds(ANA, "old", People.NOON);
    Envelope early = people.adds(anew, "early", People.NOON);
    Outcome outcome = reduce(reducer(), old, early);
    assertThat(outcome.done()).isEqualTo(1);
    assertThat(outcome.failure()).isNotNull();
    assertThat(state().tasks().list()).extracting(task -> task.title()).containsExactly("old");
    assertThat(log.load(anew).state().seq()).isZero();
  }

  @Test
  void commit_times_never_decrease() {
    Reduce<UserState> reducer = reducer();
    clock.advance(Duration.ofHours(1));
    reduce(reducer, people.adds(ANA, "later", clock.instant()));
    TestClock slow = new TestClock();
    Reduce<UserState> behind = reducer(new MemoryPeople(), log, jobs, slow);
    reduce(behind, people.adds(ANA, "sooner", slow.instant()));
    assertThat(log.after(ANA, 0, 10))
        .extracting(Commit::at)
        .containsExactly(clock.instant(), clock.instant());
  }

  @Test
  void a_crash_before_the_effects_is_healed_by_the_redelivery() {
    Envelope said = people.says(ANA, "hello", People.NOON);
    Reduce<UserState> crashing =
        reducer(
            new MemoryPeople(),
            log,
            _ -> {
              throw new IllegalStateException("the queue is down");
            },
            clock);
    assertThatThrownBy(() -> reduce(crashing, said)).hasMessage("the queue is down");
    assertThat(state().seq()).isEqualTo(1);
    reduce(reducer(), said);
    assertThat(jobs.take())
        .singleElement()
        .extracting(AssistantJob::operation)
        .isEqualTo(OperationId.startedBy(said.id()));
    assertThat(state().seq()).isEqualTo(1);
  }

  /** Whatever comes twice, in whatever groups, by whichever reducer: the log is the same. */
  @Test
  void repeated_envelopes_at_any_distance_leave_one_event_each() {
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      MemoryLog<UserState> fresh = MemoryLog.ofPeople();
      List<Reduce<UserState>> reducers =
          List.of(reducerOver(fresh), reducerOver(fresh), reducerOver(fresh));
      List<Envelope> sent = new ArrayList<>();
      List<Envelope> once = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        Envelope envelope = people.adds(ANA, "task " + i, People.NOON);
        once.add(envelope);
        sent.add(envelope);
        for (int again = random.nextInt(3); again > 0; again--) {
          sent.add(once.get(random.nextInt(once.size())));
        }
      }
      for (int i = 0; i < sent.size(); ) {
        int end = Math.min(sent.size(), i + 1 + random.nextInt(10));
        Reduce<UserState> reducer = reducers.get(random.nextInt(reducers.size()));
        reduce(reducer, sent.subList(i, end).toArray(Envelope[]::new));
        i = end;
      }
      List<Event> events =
          fresh.after(ANA, 0, Integer.MAX_VALUE).stream()
              .flatMap(commit -> commit.events().stream())
              .toList();
      assertThat(events)
          .as("seed %d", seed)
          .extracting(event -> event.envelope().id())
          .containsExactlyElementsOf(once.stream().map(Envelope::id).toList());
      assertThat(events)
          .extracting(Event::seq)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, 60).boxed().toList());
    }
  }

  private Reduce<UserState> reducerOver(MemoryLog<UserState> other) {
    return reducer(new MemoryPeople(), other, jobs, clock);
  }

  @Test
  void a_snapshot_is_kept_every_64_commits() {
    Reduce<UserState> reducer = reducer();
    for (int i = 0; i < 70; i++) {
      reduce(reducer, people.adds(ANA, "task " + i, People.NOON));
    }
    assertThat(log.load(ANA).commitsSinceSnapshot()).isEqualTo(6);
  }
}
