package dev.microcos.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.application.Perform;
import dev.microcos.core.application.PerformRun;
import dev.microcos.core.application.Reduce;
import dev.microcos.core.application.Reduce.Incoming;
import dev.microcos.core.application.port.Executions;
import dev.microcos.core.application.port.RunPush;
import dev.microcos.core.application.port.Schedules;
import dev.microcos.core.domain.id.InputId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.id.StepId;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.RunFact.InputReceived;
import dev.microcos.core.domain.log.RunFact.InputRequired;
import dev.microcos.core.domain.log.RunFact.WaitRegistered;
import dev.microcos.core.domain.log.UserFact.SignalSent;
import dev.microcos.core.domain.run.RunAggregate;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.domain.user.Policy;
import dev.microcos.core.domain.user.RunBrief;
import dev.microcos.core.domain.user.UserState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs and their person, reduced one envelope after the other until nothing follows any more. */
abstract class ReducedRuns {

  static final Person ANA = People.person("ana");
  static final StepId STEP = StepId.of("arn", "Ask", "now", null);
  static final InputId INPUT = InputId.askedBy(STEP);

  private static final RunPush NOBODY =
      new RunPush() {
        @Override
        public void commit(RunState from, RunState to, List<Event> events) {}

        @Override
        public void sync(String connection, RunState from, RunState to, List<Event> events) {}
      };

  final People people = new People(1);
  final RunPeople runs = new RunPeople(2);
  final MemoryLog<UserState> log = MemoryLog.ofPeople();
  final MemoryLog<RunState> runLog = new MemoryLog<>(RunAggregate.RUN);
  final MemoryExecutions executions = new MemoryExecutions();
  final MemorySchedules schedules = new MemorySchedules();
  final MemoryOperations operations = new MemoryOperations();
  final TestClock clock = new TestClock();
  final Deque<Envelope> inbox = new ArrayDeque<>();
  Policy policy = Policy.DEFAULT;

  Reduce<UserState> persons() {
    return persons(new MemoryPeople(), schedules);
  }

  Reduce<UserState> persons(dev.microcos.core.application.port.People known, Schedules timetable) {
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

  Reduce<RunState> reducer(Executions by) {
    return Reduce.ofRuns(
        new MemoryPeople(),
        runLog,
        new PerformRun(by, operations, inbox::add, clock),
        NOBODY,
        clock);
  }

  void reduce(Envelope... envelopes) {
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

  RunState state(PersonRun run) {
    return runLog.load(run).state();
  }

  UserState ana() {
    return log.load(ANA).state();
  }

  RunBrief brief(PersonRun run) {
    RunBrief known = ana().runs().get(run.run().value());
    assertThat(known).isNotNull();
    return known;
  }

  Envelope start(PersonRun run) {
    return runs.starts(run, "Approval", clock.instant());
  }

  Envelope asks(PersonRun run, String token) {
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

  Envelope answers(PersonRun run, String value) {
    return runs.envelope(
        run,
        new InputReceived(INPUT, new Document(value), ANA.user().value(), null),
        clock.instant());
  }

  Envelope waits(PersonRun run, String token, Document match) {
    return runs.envelope(
        run,
        new WaitRegistered(
            STEP, 1, "email_verified", match, clock.instant().plus(Duration.ofDays(1)), token),
        clock.instant());
  }

  Envelope signals(String type, String data, @Nullable RunId run) {
    return people.envelope(
        ANA, clock.instant(), id -> SignalSent.asked(id, type, new Document(data), run));
  }

  /** Step Functions is down. */
  static final class Refusing implements Executions {
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
}
