package dev.microcos.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microcos.core.application.Perform;
import dev.microcos.core.application.PerformRun;
import dev.microcos.core.application.ReadRuns;
import dev.microcos.core.application.Reduce;
import dev.microcos.core.application.Reduce.Incoming;
import dev.microcos.core.application.port.Call;
import dev.microcos.core.application.port.Executions;
import dev.microcos.core.application.port.Operations.Claim;
import dev.microcos.core.application.port.RunPush;
import dev.microcos.core.application.port.Schedules;
import dev.microcos.core.domain.id.InputId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.id.StepId;
import dev.microcos.core.domain.id.UserId;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.Fact.Rejected;
import dev.microcos.core.domain.log.Fact.TokenUse;
import dev.microcos.core.domain.log.RunFact;
import dev.microcos.core.domain.log.RunFact.InputReceived;
import dev.microcos.core.domain.log.RunFact.InputRequired;
import dev.microcos.core.domain.log.RunFact.RunCancelled;
import dev.microcos.core.domain.log.RunFact.RunCompleted;
import dev.microcos.core.domain.log.RunFact.RunFailed;
import dev.microcos.core.domain.log.RunFact.RunStarted;
import dev.microcos.core.domain.log.RunFact.RunTimedOut;
import dev.microcos.core.domain.log.RunFact.StepFailed;
import dev.microcos.core.domain.log.RunFact.StepStarted;
import dev.microcos.core.domain.log.RunFact.WaitRegistered;
import dev.microcos.core.domain.log.UserFact.ScheduleSet;
import dev.microcos.core.domain.log.UserFact.SignalSent;
import dev.microcos.core.domain.run.Parent;
import dev.microcos.core.domain.run.RunAggregate;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.domain.run.RunStatus;
import dev.microcos.core.domain.user.Policy;
import dev.microcos.core.domain.user.RunBrief;
import dev.microcos.core.domain.user.Schedule;
import dev.microcos.core.domain.user.UserState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Runs and their person, reduced one envelope after the other until nothing follows any more. */
class ReduceRunsTest {

  private static final Person ANA = People.person("ana");
  private static final StepId STEP = StepId.of("arn", "Ask", "now", null);
  private static final InputId INPUT = InputId.askedBy(STEP);

  private final People people = new People(1);
  private final RunPeople runs = new RunPeople(2);
  private final MemoryLog<UserState> log = MemoryLog.ofPeople();
  private final MemoryLog<RunState> runLog = new MemoryLog<>(RunAggregate.RUN);
  private final MemoryExecutions executions = new MemoryExecutions();
  private final MemorySchedules schedules = new MemorySchedules();
  private final MemoryOperations operations = new MemoryOperations();
  private final TestClock clock = new TestClock();
  private final Deque<Envelope> inbox = new ArrayDeque<>();
  private Policy policy = Policy.DEFAULT;

  private static final RunPush NOBODY =
      new RunPush() {
        @Override
        public void commit(RunState from, RunState to, List<Event> events) {}

        @Override
        public void sync(String connection, RunState from, RunState to, List<Event> events) {}
      };

  private Reduce<UserState> persons() {
    return persons(new MemoryPeople(), schedules);
  }

  private Reduce<UserState> persons(
      dev.microcos.core.application.port.People known, Schedules timetable) {
    return Reduce.ofPeople(
        known,
        log,
        new Perform(
            known,
            log,
            new MemoryArchive(),
            new MemoryJobs(),
            new MemoryOperations(),
            inbox::add,
            timetable,
            clock),
        new RecordedPush(),
        clock,
        policy);
  }

  private Reduce<RunState> reducer(Executions by) {
    return Reduce.ofRuns(
        new MemoryPeople(),
        runLog,
        new PerformRun(by, operations, inbox::add, clock),
        NOBODY,
        clock);
  }

  private void reduce(Envelope... envelopes) {
    inbox.addAll(List.of(envelopes));
    while (!inbox.isEmpty()) {
      List<Incoming> one = List.of(new Incoming(inbox.remove(), 1));
      var outcome =
          one.getFirst().envelope().subject() instanceof PersonRun
              ? reducer(executions).reduce(one)
              : persons().reduce(one);
      assertThat(outcome.failure()).isNull();
    }
  }

  private RunState state(PersonRun run) {
    return runLog.load(run).state();
  }

  private UserState ana() {
    return log.load(ANA).state();
  }

  private RunBrief brief(PersonRun run) {
    RunBrief known = ana().runs().get(run.run().value());
    assertThat(known).isNotNull();
    return known;
  }

  private Envelope start(PersonRun run) {
    return runs.starts(run, "Approval", clock.instant());
  }

  private Envelope asks(PersonRun run, String token) {
    return runs.envelope(
        run,
        new InputRequired(
            INPUT,
            STEP,
            1,
            "Shall we?",
            new Document("{\"type\":\"boolean\"}"),
            clock.instant().plus(Duration.ofDays(1)),
            null,
            token),
        clock.instant());
  }

  private Envelope answers(PersonRun run, String value) {
    return runs.envelope(
        run,
        new InputReceived(INPUT, new Document(value), ANA.user().value(), null),
        clock.instant());
  }

  private Envelope waits(PersonRun run, String token, Document match) {
    return runs.envelope(
        run,
        new WaitRegistered(
            STEP, 1, "email_verified", match, clock.instant().plus(Duration.ofDays(1)), token),
        clock.instant());
  }

  private Envelope signals(String type, String data, @Nullable RunId run) {
    return people.envelope(
        ANA, clock.instant(), id -> SignalSent.asked(id, type, new Document(data), run));
  }

  @Test
  void a_run_starts_one_execution_and_its_person_knows_of_it() {
    PersonRun run = runs.run(ANA);
    Envelope start = start(run);
    reduce(start, start);
    assertThat(executions.started()).containsOnlyKeys(run.run().value());
    assertThat(state(run).status()).isEqualTo(RunStatus.RUNNING);
    assertThat(brief(run).status()).isEqualTo(RunStatus.RUNNING);
    reduce(runs.envelope(run, new RunCompleted(new Document("1")), clock.instant()));
    assertThat(brief(run).status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(brief(run).endedAt()).isNotNull();
    long seq = ana().seq();
    reduce(start);
    assertThat(ana().seq()).isEqualTo(seq);
    assertThat(executions.started()).hasSize(1);
  }

  @Test
  void an_execution_that_can_never_start_fails_its_run() {
    executions.refuse("StateMachineDoesNotExist");
    PersonRun run = runs.run(ANA);
    reduce(start(run));
    assertThat(state(run).status()).isEqualTo(RunStatus.FAILED);
    assertThat(brief(run).error()).isEqualTo(PerformRun.FAILED_TO_START);
  }

  @Test
  void a_run_that_was_cancelled_before_it_began_never_begins() {
    PersonRun run = runs.run(ANA);
    Reduce<RunState> down = reducer(new Refusing());
    Envelope start = start(run);
    Envelope cancel = runs.envelope(run, new RunCancelled("ana"), clock.instant());
    assertThatThrownBy(() -> down.reduce(List.of(new Incoming(start, 1)))).hasMessage("down");
    reduce(cancel, start);
    assertThat(executions.started()).isEmpty();
    assertThat(executions.stopped()).containsExactly(run.run().value());
    assertThat(brief(run).status()).isEqualTo(RunStatus.CANCELLED);
  }

  @Test
  void a_cancelled_run_stops_the_models_that_its_steps_ask_also_of_one_that_was_about_to() {
    PersonRun run = runs.run(ANA);
    Envelope asking = runs.asks(run, "Plan", clock.instant());
    Envelope about = runs.asks(run, "Work", clock.instant());
    reduce(start(run), asking);
    assertThat(claims(asking)).isInstanceOf(Claim.Taken.class);
    reduce(runs.envelope(run, new RunCancelled("ana"), clock.instant()));
    RunState over = state(run);
    assertThat(claims(asking)).isInstanceOf(Claim.Cancelled.class);
    reduce(about);
    assertThat(claims(about)).isInstanceOf(Claim.Cancelled.class);
    assertThat(executions.stopped()).containsExactly(run.run().value());
    assertThat(state(run).steps()).isEqualTo(over.steps());
    assertThat(state(run).ending()).isEqualTo(over.ending());
  }

  @Test
  void a_run_that_ends_by_itself_stops_the_models_that_its_other_branches_ask() {
    for (RunFact end :
        List.of(
            new RunFailed("Boom", "a branch failed", null),
            new RunTimedOut(),
            new RunCompleted(new Document("1")))) {
      PersonRun run = runs.run(ANA);
      Envelope answered = runs.asks(run, "Plan", clock.instant());
      Envelope asking = runs.asks(run, "Work", clock.instant());
      reduce(start(run), answered, asking);
      StepId done = ((StepStarted) answered.fact()).stepId();
      reduce(runs.envelope(run, failed(done), clock.instant()));
      clock.advance(Duration.ofSeconds(1));
      assertThat(claims(asking)).isInstanceOf(Claim.Taken.class);
      Envelope over = runs.envelope(run, end, clock.instant());
      reduce(over, over);
      assertThat(claims(asking)).as("%s", end).isInstanceOf(Claim.Cancelled.class);
      assertThat(claims(answered)).as("not stopped by %s", end).isInstanceOf(Claim.Taken.class);
      assertThat(executions.stopped()).isEmpty();
    }
  }

  @Test
  void a_step_that_is_begun_again_stops_the_model_that_its_earlier_attempt_asks() {
    PersonRun run = runs.run(ANA);
    Envelope first = runs.asks(run, "Plan", clock.instant());
    reduce(start(run), first);
    assertThat(claims(first)).isInstanceOf(Claim.Taken.class);
    Envelope second = runs.asksAgain(run, first, clock.instant());
    reduce(second, second);
    assertThat(claims(first)).isInstanceOf(Claim.Cancelled.class);
    assertThat(claims(second)).isInstanceOf(Claim.Taken.class);
  }

  private static StepFailed failed(StepId step) {
    return new StepFailed(step, 1, "Boom", "it broke", false, 1, TokenUse.NONE, 0);
  }

  private Claim claims(Envelope asking) {
    Call call =
        new Call.OfStep(ANA, Objects.requireNonNull(asking.operation()), asking.request(), "agent");
    return operations.claim(call, clock.instant(), Duration.ofMinutes(1));
  }

  /** Step Functions is down. */
  private static final class Refusing implements Executions {
    @Override
    public String start(Execution execution) {
      throw new IllegalStateException("down");
    }

    @Override
    public void stop(PersonRun run, String workflow, String error, String cause) {
      throw new IllegalStateException("down");
    }

    @Override
    public void succeed(String token, Document result) {
      throw new IllegalStateException("down");
    }

    @Override
    public void fail(String token, String error, String cause) {
      throw new IllegalStateException("down");
    }
  }

  @Nested
  class A_question {

    @Test
    void is_open_for_the_person_until_the_first_answer_which_the_execution_gets_once() {
      PersonRun run = runs.run(ANA);
      reduce(start(run), asks(run, "t1"));
      assertThat(ana().questions().list())
          .singleElement()
          .satisfies(asked -> assertThat(asked.question().prompt()).isEqualTo("Shall we?"));
      reduce(answers(run, "true"), answers(run, "false"));
      assertThat(executions.succeeded()).containsExactly(Map.entry("t1", new Document("true")));
      assertThat(ana().questions().list()).isEmpty();
    }

    @Test
    void that_is_asked_again_after_the_answer_is_answered_at_once() {
      PersonRun run = runs.run(ANA);
      reduce(start(run), asks(run, "t1"), answers(run, "true"), asks(run, "t2"));
      assertThat(executions.succeeded())
          .containsOnly(
              Map.entry("t1", new Document("true")), Map.entry("t2", new Document("true")));
    }

    @Test
    void whose_answer_was_lost_on_its_way_gets_it_when_the_envelope_comes_again() {
      PersonRun run = runs.run(ANA);
      reduce(start(run), asks(run, "t1"));
      Envelope answer = answers(run, "true");
      assertThatThrownBy(() -> reducer(new Refusing()).reduce(List.of(new Incoming(answer, 1))))
          .hasMessage("down");
      assertThat(executions.succeeded()).isEmpty();
      reduce(answer);
      assertThat(executions.succeeded()).containsOnlyKeys("t1");
    }
  }

  @Nested
  class A_signal {

    @Test
    void wakes_what_waits_for_it() {
      PersonRun run = runs.run(ANA);
      reduce(start(run), waits(run, "t1", new Document("{\"n\":1}")));
      reduce(signals("email_verified", "{\"n\":2}", null));
      assertThat(executions.succeeded()).isEmpty();
      reduce(signals("email_verified", "{\"m\":0,\"n\":1}", null));
      assertThat(executions.succeeded())
          .containsExactly(Map.entry("t1", new Document("{\"m\":0,\"n\":1}")));
      assertThat(state(run).status()).isEqualTo(RunStatus.RUNNING);
      assertThat(ana().waits().list()).isEmpty();
    }

    @Test
    void that_comes_before_its_wait_counts_once() {
      reduce(signals("email_verified", "{\"n\":1}", null));
      assertThat(ana().signals().list()).hasSize(1);
      PersonRun run = runs.run(ANA);
      PersonRun other = runs.run(ANA);
      reduce(start(run), waits(run, "t1", Document.EMPTY));
      assertThat(executions.succeeded()).containsOnlyKeys("t1");
      assertThat(ana().signals().list()).isEmpty();
      reduce(start(other));
      assertThat(executions.succeeded()).containsOnlyKeys("t1");
    }

    @Test
    void for_one_run_wakes_no_other() {
      PersonRun run = runs.run(ANA);
      PersonRun other = runs.run(ANA);
      reduce(start(run), waits(run, "t1", Document.EMPTY), start(other));
      reduce(signals("email_verified", "{}", other.run()));
      assertThat(executions.succeeded()).isEmpty();
      assertThat(ana().signals().list()).hasSize(1);
    }

    @Test
    void starts_the_workflows_that_it_triggers_once() {
      policy =
          Policy.DEFAULT.with(
              Map.of(
                  "user_registered",
                  List.of(new Policy.Triggered("onboarding", "Onboarding", "b".repeat(64)))));
      Envelope signal = signals("user_registered", "{\"email\":\"a@b\"}", null);
      reduce(signal, signal);
      assertThat(executions.started()).hasSize(1);
      assertThat(ana().runs().list())
          .singleElement()
          .extracting(RunBrief::workflow)
          .isEqualTo("onboarding");
      assertThat(ana().signals().list()).isEmpty();
    }
  }

  @Test
  void a_child_answers_its_parent_and_falls_with_it() {
    PersonRun parent = runs.run(ANA);
    PersonRun child = runs.run(ANA);
    PersonRun second = runs.run(ANA);
    Parent by = new Parent(parent.run(), STEP, 1, Parent.OnCancel.CANCEL);
    reduce(start(parent), runs.starts(child, by, clock.instant()));
    reduce(runs.envelope(child, new RunCompleted(new Document("[1]")), clock.instant()));
    assertThat(executions.succeeded())
        .containsExactly(Map.entry("parent token", new Document("[1]")));
    reduce(runs.starts(second, by, clock.instant()));
    reduce(runs.envelope(parent, new RunCancelled("ana"), clock.instant()));
    assertThat(state(second).status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(executions.stopped())
        .containsExactlyInAnyOrder(parent.run().value(), second.run().value());
    assertThat(state(child).status()).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void a_child_answers_the_token_that_its_parent_waits_with_last() {
    PersonRun parent = runs.run(ANA);
    PersonRun child = runs.run(ANA);
    Parent by = new Parent(parent.run(), STEP, 1, Parent.OnCancel.CANCEL);
    reduce(start(parent), runs.starts(child, by, clock.instant()));
    Envelope anew = waitsWith(child, "second token");
    reduce(anew, anew);
    assertThat(executions.started()).containsOnlyKeys(parent.run().value(), child.run().value());
    reduce(runs.envelope(child, new RunCompleted(new Document("[1]")), clock.instant()));
    assertThat(executions.succeeded())
        .containsExactly(Map.entry("second token", new Document("[1]")));
    reduce(waitsWith(child, "third token"));
    assertThat(executions.succeeded()).containsEntry("third token", new Document("[1]"));
    assertThat(state(child).status()).isEqualTo(RunStatus.COMPLETED);
  }

  /** The parent's step is begun again, and asks for the run under another token. */
  private Envelope waitsWith(PersonRun child, String token) {
    RunStarted as = Objects.requireNonNull(state(child).begun()).as();
    return runs.envelope(child, as.waitedForBy(as.parent(), token), clock.instant());
  }

  @Test
  void who_remembers_an_old_state_performs_nothing_by_it() {
    Reduce<UserState> one = persons();
    Reduce<UserState> other = persons();
    Envelope hourly = sets("rate(1 hour)");
    assertThat(one.reduce(List.of(new Incoming(hourly, 1))).failure()).isNull();
    assertThat(other.reduce(List.of(new Incoming(sets("rate(2 hours)"), 1))).failure()).isNull();
    assertThat(one.reduce(List.of(new Incoming(hourly, 2))).failure()).isNull();
    assertThat(schedules.list(ANA))
        .extracting(Schedule::expression)
        .containsExactly("rate(2 hours)");
  }

  @Test
  void a_schedule_that_is_set_while_its_person_is_erased_is_taken_away() {
    MemoryPeople known = new MemoryPeople();
    Schedules erasing =
        new Schedules() {
          @Override
          public void set(Person person, Schedule schedule) {
            schedules.set(person, schedule);
            known.end(person);
          }

          @Override
          public void remove(Person person, String name) {
            assertThat(schedules.list(person)).hasSize(1);
            schedules.remove(person, name);
          }
        };
    Envelope once = sets("at(2027-01-01T08:00:00)");
    assertThat(persons(known, erasing).reduce(List.of(new Incoming(once, 1))).failure()).isNull();
    assertThat(schedules.list(ANA)).isEmpty();
  }

  @Test
  void a_good_schedule_is_not_taken_back_when_nobody_can_say_whether_its_person_is_erased() {
    var broken =
        new dev.microcos.core.application.port.People() {
          @Override
          public Person current(UserId user) {
            return new Person(user, 1);
          }

          @Override
          public Person current(UserId user, int seen) {
            return current(user);
          }

          @Override
          public boolean isOver(Person person) {
            throw new IllegalArgumentException("no generation");
          }

          @Override
          public void end(Person person) {}
        };
    Incoming hourly = new Incoming(sets("rate(1 hour)"), 1);
    assertThatThrownBy(() -> persons(broken, schedules).reduce(List.of(hourly)))
        .hasMessage("no generation");
    assertThat(inbox).isEmpty();
    assertThat(schedules.list(ANA)).hasSize(1);
  }

  private Envelope sets(String expression) {
    Schedule schedule =
        new Schedule("regularly", expression, "UTC", "approval", Document.EMPTY, true);
    return people.envelope(ANA, clock.instant(), _ -> new ScheduleSet(schedule));
  }

  @Test
  void a_run_that_nobody_waits_for_is_not_started_twice() {
    PersonRun run = runs.run(ANA);
    reduce(start(run), start(run));
    assertThat(executions.started()).hasSize(1);
    assertThat(runLog.after(run, 0, 10).stream().flatMap(commit -> commit.events().stream()))
        .anyMatch(event -> event.fact() instanceof Rejected);
  }

  @Test
  void runs_are_listed_newest_first_also_those_that_the_state_has_no_more() {
    List<PersonRun> all = List.of(runs.run(ANA), runs.run(ANA), runs.run(ANA), runs.run(ANA));
    for (PersonRun run : all.subList(1, 4)) {
      reduce(start(run));
    }
    reducer(executions).reduce(List.of(new Incoming(start(all.getFirst()), 1)));
    List<RunId> names = all.reversed().stream().map(PersonRun::run).toList();
    ReadRuns read =
        new ReadRuns(
            log,
            runLog,
            (person, before, limit) ->
                names.subList(before == null ? 0 : names.indexOf(before) + 1, 4),
            clock);
    ReadRuns.Page first = read.list(ANA, Optional.empty(), Optional.empty(), Optional.empty(), 2);
    assertThat(first.runs())
        .extracting(RunBrief::runId)
        .containsExactlyElementsOf(names.subList(0, 2));
    assertThat(first.more()).isTrue();
    ReadRuns.Page rest =
        read.list(ANA, Optional.empty(), Optional.empty(), Optional.of(names.get(1)), 2);
    assertThat(rest.runs())
        .extracting(RunBrief::runId)
        .containsExactlyElementsOf(names.subList(2, 4));
    assertThat(rest.more()).isFalse();
    assertThat(read.find(People.person("ben"), names.getFirst())).isEmpty();
  }
}
