package dev.microcos.core.domain.run;

import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.StepId;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.Fact.Rejected;
import dev.microcos.core.domain.log.RunFact.ChildEnded;
import dev.microcos.core.domain.log.RunFact.ChildStarted;
import dev.microcos.core.domain.log.RunFact.ExecutionStarted;
import dev.microcos.core.domain.log.RunFact.InputReceived;
import dev.microcos.core.domain.log.RunFact.InputRequired;
import dev.microcos.core.domain.log.RunFact.RunCancelled;
import dev.microcos.core.domain.log.RunFact.RunCompleted;
import dev.microcos.core.domain.log.RunFact.RunFailed;
import dev.microcos.core.domain.log.RunFact.RunStarted;
import dev.microcos.core.domain.log.RunFact.RunTimedOut;
import dev.microcos.core.domain.log.RunFact.SignalReceived;
import dev.microcos.core.domain.log.RunFact.StepCompleted;
import dev.microcos.core.domain.log.RunFact.StepFailed;
import dev.microcos.core.domain.log.RunFact.StepStarted;
import dev.microcos.core.domain.log.RunFact.WaitRegistered;
import dev.microcos.core.domain.log.UserFact;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How each fact changes a run's state. Total, without configuration and clock: this is all that a
 * replay runs, so what it makes of a fact stays for ever.
 */
public final class RunEvolution {

  private RunEvolution() {}

  /**
   * The state after one more event.
   *
   * @throws IllegalArgumentException if the event is not the next one of the log
   */
  public static RunState evolve(RunState state, Event event) {
    if (event.seq() != state.seq() + 1) {
      throw new IllegalArgumentException(
          "event " + event.seq() + " does not follow " + state.seq());
    }
    Envelope envelope = event.envelope();
    RunState after = folded(due(state, envelope.timestamp()), event);
    return after.at(
        event.seq(),
        event.committedAt(),
        state.ring().with(envelope.id(), event.committedAt()),
        status(after));
  }

  /**
   * The state as it reads at a time, between two events: what nobody has answered by its deadline
   * is expired, though no event has told so yet. For readers only; the log's own fold knows no
   * clock.
   */
  public static RunState asOf(RunState state, Instant now) {
    RunState due = due(state, now);
    return due.at(state.seq(), state.committedAt(), state.ring(), status(due));
  }

  /**
   * The state at a time: whose deadline has passed is waited for no more. The step of a question
   * that has a default goes on with that; any other has failed.
   */
  static RunState due(RunState state, Instant now) {
    RunState due = state;
    for (Question question : state.questions()) {
      if (question.isOpen() && !now.isBefore(question.deadline())) {
        due = due.with(question.expired());
        due =
            question.otherwise() == null
                ? unanswered(due, question.stepId(), question.deadline())
                : due;
      }
    }
    for (Wait wait : state.waits()) {
      if (wait.isOpen() && !now.isBefore(wait.deadline())) {
        due = unanswered(due.with(wait.expired()), wait.waitId(), wait.deadline());
      }
    }
    return due;
  }

  private static RunState unanswered(RunState state, StepId id, Instant deadline) {
    Step step = state.steps().get(id.value());
    return step == null || !step.isOpen()
        ? state
        : state.with(step.ended(Step.Status.FAILED, deadline, Step.TIMEOUT, null));
  }

  private static RunState folded(RunState state, Event event) {
    Envelope envelope = event.envelope();
    Instant at = envelope.timestamp();
    return switch (event.fact()) {
      case RunStarted started -> begun(state, started, envelope);
      case ExecutionStarted started -> state.started(started.executionArn(), at);
      case StepStarted started -> began(state.started(null, at), started, envelope.operation(), at);
      case StepCompleted completed -> completed(state, completed, at);
      case StepFailed failed -> failed(state, failed, at);
      case InputRequired asked ->
          state
              .with(Question.asked(asked, state.questions().get(asked.inputId().value()), at))
              .with(waiting(state, asked.stepId(), asked.inputId().value(), at));
      case InputReceived received -> answered(state, received, at);
      case WaitRegistered wait ->
          state
              .with(Wait.registered(wait, state.waits().get(wait.waitId().value()), at))
              .with(waiting(state, wait.waitId(), wait.waitId().value(), at));
      case SignalReceived received -> received(state, received, at);
      case ChildStarted child ->
          state.with(
              new Child(
                  child.childId(),
                  child.stepId(),
                  child.workflow(),
                  child.onCancel(),
                  false,
                  null));
      case ChildEnded child -> childEnded(state, child, at);
      case RunCompleted completed ->
          over(state, new Ending(RunStatus.COMPLETED, at, completed.result(), null, null, null));
      case RunFailed failed ->
          over(
              state,
              new Ending(
                  RunStatus.FAILED, at, null, failed.error(), failed.cause(), failed.stepId()));
      case RunCancelled cancelled ->
          over(state, new Ending(RunStatus.CANCELLED, at, null, null, cancelled.by(), null));
      case RunTimedOut timedOut ->
          over(state, new Ending(RunStatus.TIMED_OUT, at, null, Step.TIMEOUT, null, null));
      case Rejected rejected -> state;
      case UserFact stray -> state;
    };
  }

  /** Of a run that was begun before, only the token changes that its parent waits with. */
  private static RunState begun(RunState state, RunStarted started, Envelope envelope) {
    Begun before = state.begun();
    return before == null
        ? state.with(
            new Begun(
                started,
                envelope.timestamp(),
                envelope.request(),
                envelope.conversation(),
                envelope.hops()),
            started.begin().hash())
        : state.with(
            before.waitedForBy(started.parent(), started.parentToken()), state.stateHash());
  }

  private static RunStatus status(RunState state) {
    if (state.ending() != null) {
      return state.ending().status();
    }
    if (state.startedAt() == null) {
      return RunStatus.PENDING;
    }
    if (state.questions().stream().anyMatch(Question::isOpen)) {
      return RunStatus.WAITING_INPUT;
    }
    return state.waits().stream().anyMatch(Wait::isOpen)
        ? RunStatus.WAITING_SIGNAL
        : RunStatus.RUNNING;
  }

  private static RunState began(
      RunState state, StepStarted started, @Nullable OperationId operation, Instant at) {
    Step before = state.steps().get(started.stepId().value());
    Step step = Step.begun(started, before, operation, at);
    return state.with(step, step.isTop() ? started.inputHash() : state.stateHash(), state.spent());
  }

  private static RunState completed(RunState state, StepCompleted done, Instant at) {
    Step step = state.steps().get(done.stepId().value());
    if (step == null) {
      return state;
    }
    Step after =
        step.reported(
            Step.Status.COMPLETED,
            at,
            done.durationMillis(),
            done.patch(),
            null,
            null,
            done.tokens().model(),
            done.operation(),
            step.spent().and(done.tokens(), done.costMicros()));
    return state.with(
        after,
        step.isTop() ? done.stateHash() : state.stateHash(),
        state.spent().and(done.tokens(), done.costMicros()));
  }

  private static RunState failed(RunState state, StepFailed failed, Instant at) {
    Step step = state.steps().get(failed.stepId().value());
    if (step == null) {
      return state;
    }
    Step after =
        step.reported(
            Step.Status.FAILED,
            at,
            failed.durationMillis(),
            null,
            failed.error(),
            failed.cause(),
            failed.tokens().model(),
            null,
            step.spent().and(failed.tokens(), failed.costMicros()));
    return state.with(
        after, state.stateHash(), state.spent().and(failed.tokens(), failed.costMicros()));
  }

  /** The step that waits; one whose answer is there already is done. */
  private static @Nullable Step waiting(RunState state, StepId id, String of, Instant at) {
    Step step = state.steps().get(id.value());
    Question question = state.questions().get(of);
    Wait wait = state.waits().get(of);
    boolean served =
        (question != null && question.answer() != null) || (wait != null && wait.data() != null);
    if (step == null || step.status() == Step.Status.COMPLETED) {
      return null;
    }
    return served ? step.ended(Step.Status.COMPLETED, at, null, null) : step.waiting();
  }

  private static RunState answered(RunState state, InputReceived received, Instant at) {
    Question question = state.questions().get(received.inputId().value());
    if (question == null) {
      return state;
    }
    Instant when = received.at() == null ? at : received.at();
    Question.Answer answer = new Question.Answer(received.value(), received.by(), when);
    return state.with(question.answered(answer)).with(done(state, question.stepId(), at));
  }

  private static RunState received(RunState state, SignalReceived received, Instant at) {
    Wait wait = state.waits().get(received.waitId().value());
    return wait == null
        ? state
        : state.with(wait.received(received.data())).with(done(state, wait.waitId(), at));
  }

  private static @Nullable Step done(RunState state, StepId id, Instant at) {
    Step step = state.steps().get(id.value());
    return step == null ? null : step.ended(Step.Status.COMPLETED, at, null, null);
  }

  private static RunState childEnded(RunState state, ChildEnded ended, Instant at) {
    Child child = state.children().get(ended.childId().value());
    if (child == null) {
      return state;
    }
    Step step = state.steps().get(child.stepId().value());
    if (step == null || !step.isOpen()) {
      return state.with(child.ended(null));
    }
    RunState after = state.with(child.ended(ended.result()));
    return ended.status() == RunStatus.COMPLETED
        ? after.with(step.ended(Step.Status.COMPLETED, at, null, null))
        : after.with(step.ended(Step.Status.FAILED, at, Child.NOT_COMPLETED, ended.cause()));
  }

  /** Nothing of a run that is over is waited for, and no step of it goes on. */
  private static RunState over(RunState state, Ending ending) {
    RunState after = state.with(ending);
    boolean failed = ending.status() == RunStatus.FAILED;
    for (Step step : state.steps()) {
      if (step.isOpen()) {
        after =
            after.with(
                failed
                    ? step.ended(Step.Status.FAILED, ending.at(), ending.error(), ending.cause())
                    : step.ended(Step.Status.CANCELLED, ending.at(), null, null));
      }
    }
    for (Question question : state.questions()) {
      after = question.isOpen() ? after.with(question.expired()) : after;
    }
    for (Wait wait : state.waits()) {
      after = wait.isOpen() ? after.with(wait.expired()) : after;
    }
    return after;
  }
}
