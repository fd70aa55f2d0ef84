package dev.microcos.core.domain.run;

import dev.microcos.core.domain.id.InputId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.log.Decision;
import dev.microcos.core.domain.log.Effect;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.Fact.Rejected;
import dev.microcos.core.domain.log.Fact.RejectionCode;
import dev.microcos.core.domain.log.RunEffect.AnswerParent;
import dev.microcos.core.domain.log.RunEffect.AnswerQuestion;
import dev.microcos.core.domain.log.RunEffect.AnswerWait;
import dev.microcos.core.domain.log.RunEffect.CancelChild;
import dev.microcos.core.domain.log.RunEffect.StartExecution;
import dev.microcos.core.domain.log.RunEffect.StopCall;
import dev.microcos.core.domain.log.RunEffect.StopExecution;
import dev.microcos.core.domain.log.RunEffect.TellParent;
import dev.microcos.core.domain.log.RunEffect.TellPerson;
import dev.microcos.core.domain.log.RunFact;
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
import dev.microcos.core.domain.run.Parent.OnCancel;
import dev.microcos.core.domain.user.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is decided for an envelope of a run: once, before it is written, and never again. */
public final class RunRules {

  /** The error of executions that are stopped because their run was cancelled. */
  public static final String CANCELLED = "Run.Cancelled";

  private RunRules() {}

  /** What happens because of the envelope, which the log does not hold yet. */
  public static Decision decide(RunState before, Envelope envelope) {
    if (envelope.hops() > Policy.MAX_HOPS) {
      return Decision.refusal(
          envelope,
          RejectionCode.INTERNAL,
          "more than " + Policy.MAX_HOPS + " steps followed from one request");
    }
    RunState state = RunEvolution.due(before, envelope.timestamp());
    Decision decision =
        switch (envelope.fact()) {
          case Rejected rejected -> Decision.of(envelope);
          case UserFact stray ->
              Decision.refusal(envelope, RejectionCode.INVALID, "it belongs to a person's log");
          case RunStarted started -> started(state, envelope, started);
          case RunFact fact when !state.isThere() ->
              notFound(envelope, state.subject().run().value());
          case RunFact fact when state.status().isOver() -> late(state, envelope, fact);
          case RunFact fact -> open(state, envelope, fact);
        };
    return told(before, decision);
  }

  private static Decision started(RunState state, Envelope envelope, RunStarted started) {
    if (isWaitedForAnew(state, started)) {
      return new Decision(
          List.of(envelope), state.status().isOver() ? List.of(new AnswerParent()) : List.of());
    }
    if (state.isThere()) {
      return conflict(envelope, "the run was started before");
    }
    return started.parent() == null
        ? new Decision(List.of(envelope), List.of(new StartExecution()))
        : new Decision(List.of(envelope), List.of(new StartExecution(), new TellParent()));
  }

  /**
   * The parent's step was begun again: the token that it waits with now replaces the old one. What
   * an attempt before that says too late replaces nothing.
   */
  private static boolean isWaitedForAnew(RunState state, RunStarted started) {
    Begun begun = state.begun();
    Parent parent = started.parent();
    if (begun == null || parent == null || started.parentToken() == null) {
      return false;
    }
    Parent before = begun.as().parent();
    return before != null
        && parent.isSameStepAs(before)
        && parent.attempt() >= before.attempt()
        && !started.parentToken().equals(begun.as().parentToken());
  }

  private static Decision open(RunState state, Envelope envelope, RunFact fact) {
    return switch (fact) {
      case RunStarted started -> conflict(envelope, "the run was started before");
      case ExecutionStarted started ->
          state.executionArn() == null
              ? Decision.of(envelope)
              : conflict(envelope, "the execution was started before");
      case StepStarted started -> began(state, envelope, started);
      case StepCompleted done -> reported(state, envelope, done.stepId().value(), done.attempt());
      case StepFailed failed ->
          reported(state, envelope, failed.stepId().value(), failed.attempt());
      case InputRequired asked -> asked(state, envelope, asked);
      case InputReceived received -> answered(state, envelope, received);
      case WaitRegistered wait -> registered(state, envelope, wait);
      case SignalReceived received -> signalled(state, envelope, received);
      case ChildStarted child ->
          state.children().contains(child.childId().value())
              ? conflict(envelope, "the run is known")
              : Decision.of(envelope);
      case ChildEnded child ->
          state.children().contains(child.childId().value())
              ? Decision.of(envelope)
              : notFound(envelope, child.childId().value());
      case RunCompleted completed -> ended(state, envelope, List.of());
      case RunFailed failed -> ended(state, envelope, List.of());
      case RunTimedOut timedOut -> ended(state, envelope, List.of());
      case RunCancelled cancelled -> cancelled(state, envelope, cancelled);
    };
  }

  /** Nothing changes a run that is over; what was begun for it in the meantime is stopped. */
  private static Decision late(RunState state, Envelope envelope, RunFact fact) {
    Decision refused = conflict(envelope, "the run is over");
    return switch (fact) {
      case ExecutionStarted started ->
          new Decision(
              refused.facts(), List.of(new StopExecution(CANCELLED, "the run was cancelled")));
      case StepStarted started -> unheard(refused, envelope);
      case ChildStarted child
          when child.onCancel() == OnCancel.CANCEL && state.status() == RunStatus.CANCELLED ->
          new Decision(refused.facts(), List.of(new CancelChild(child.childId())));
      default -> refused;
    };
  }

  private static Decision began(RunState state, Envelope envelope, StepStarted started) {
    Step known = state.steps().get(started.stepId().value());
    if (known != null && known.attempt() >= started.attempt()) {
      Decision refused =
          conflict(envelope, "attempt " + known.attempt() + " of the step has begun");
      return known.attempt() == started.attempt() ? refused : unheard(refused, envelope);
    }
    // The attempt in which a question answers itself, its time being up, tells of no beginning.
    Question asked = state.questions().get(InputId.askedBy(started.stepId()).value());
    if (asked != null && asked.attempt() > started.attempt()) {
      return conflict(envelope, "attempt " + asked.attempt() + " of the step has asked");
    }
    boolean present = started.inputHash().equals(state.stateHash());
    StepStarted decided =
        new StepStarted(
            started.stepId(),
            started.name(),
            started.title(),
            known == null ? state.steps().size() + 1 : known.order(),
            started.index(),
            started.handler(),
            started.into(),
            started.attempt(),
            present ? null : started.input(),
            started.inputHash());
    return new Decision(List.of(envelope.decided(decided)), followed(known, envelope.operation()));
  }

  /** The call of an attempt that another one follows: whoever is still at it is not waited for. */
  private static List<Effect> followed(@Nullable Step before, @Nullable OperationId call) {
    return Optional.ofNullable(before)
        .flatMap(Step::openCall)
        .filter(earlier -> !earlier.equals(call))
        .<List<Effect>>map(earlier -> List.of(new StopCall(earlier)))
        .orElse(List.of());
  }

  /** The call that a step is about to make which is refused: nobody waits for its answer. */
  private static Decision unheard(Decision refused, Envelope envelope) {
    OperationId call = envelope.operation();
    return call == null ? refused : new Decision(refused.facts(), List.of(new StopCall(call)));
  }

  /** An attempt that died after it told of its failure may be made anew, and then be done. */
  private static Decision reported(RunState state, Envelope envelope, String id, int attempt) {
    Step step = state.steps().get(id);
    if (step == null) {
      return notFound(envelope, id);
    }
    if (step.attempt() > attempt) {
      return conflict(envelope, "attempt " + step.attempt() + " of the step has begun");
    }
    boolean triedAnew =
        envelope.fact() instanceof StepCompleted && step.status() == Step.Status.FAILED;
    return step.isOpen() || triedAnew
        ? Decision.of(envelope)
        : conflict(envelope, "the step is over");
  }

  /** Nobody waits any more with the token of an attempt that was followed by another. */
  private static Decision asked(RunState state, Envelope envelope, InputRequired asked) {
    Question known = state.questions().get(asked.inputId().value());
    if (known == null) {
      return Decision.of(envelope);
    }
    if (known.attempt() > asked.attempt()) {
      return conflict(envelope, "attempt " + known.attempt() + " of the step has asked");
    }
    return known.answer() == null
        ? Decision.of(envelope)
        : new Decision(List.of(envelope), List.of(new AnswerQuestion(asked.inputId())));
  }

  private static Decision registered(RunState state, Envelope envelope, WaitRegistered wait) {
    Wait known = state.waits().get(wait.waitId().value());
    if (known == null) {
      return Decision.of(envelope);
    }
    if (known.attempt() > wait.attempt()) {
      return conflict(envelope, "attempt " + known.attempt() + " of the step waits");
    }
    return known.data() == null
        ? Decision.of(envelope)
        : new Decision(List.of(envelope), List.of(new AnswerWait(wait.waitId())));
  }

  private static Decision answered(RunState state, Envelope envelope, InputReceived received) {
    Question question = state.questions().get(received.inputId().value());
    if (question == null) {
      return notFound(envelope, received.inputId().value());
    }
    Question.Answer first = question.answer();
    if (first != null) {
      return conflict(envelope, "answered by " + first.by() + " at " + first.at());
    }
    if (!question.isOpen() && !received.by().equals(InputReceived.DEADLINE)) {
      return conflict(envelope, "the deadline was " + question.deadline());
    }
    InputReceived decided =
        new InputReceived(
            received.inputId(), received.value(), received.by(), envelope.timestamp());
    return new Decision(
        List.of(envelope.decided(decided)), List.of(new AnswerQuestion(received.inputId())));
  }

  private static Decision signalled(RunState state, Envelope envelope, SignalReceived received) {
    Wait wait = state.waits().get(received.waitId().value());
    if (wait == null) {
      return notFound(envelope, received.waitId().value());
    }
    return wait.isOpen()
        ? new Decision(List.of(envelope), List.of(new AnswerWait(received.waitId())))
        : conflict(envelope, "nothing is waited for there any more");
  }

  private static Decision cancelled(RunState state, Envelope envelope, RunCancelled cancelled) {
    List<Effect> effects = new ArrayList<>();
    effects.add(new StopExecution(CANCELLED, "cancelled by " + cancelled.by()));
    for (Child child : state.children()) {
      if (child.onCancel() == OnCancel.CANCEL && !child.over()) {
        effects.add(new CancelChild(child.runId()));
      }
    }
    return ended(state, envelope, effects);
  }

  /**
   * The execution drops its open branches; whoever asks a model in one of them does not hear it,
   * but finds that the call is to stop: so it is marked first.
   */
  private static Decision ended(RunState state, Envelope envelope, List<Effect> others) {
    List<Effect> effects = new ArrayList<>();
    for (Step step : state.steps()) {
      step.openCall().map(StopCall::new).ifPresent(effects::add);
    }
    effects.addAll(others);
    Begun begun = state.begun();
    if (begun != null && begun.as().parent() != null) {
      effects.add(new AnswerParent());
    }
    return new Decision(List.of(envelope), effects);
  }

  /** The person is told where what they know of the run changes. */
  private static Decision told(RunState before, Decision decision) {
    RunState after = before;
    for (Envelope fact : decision.facts()) {
      after = RunEvolution.evolve(after, new Event(after.seq() + 1, fact.timestamp(), fact));
    }
    if (!after.isThere() || Projection.isSame(before, after)) {
      return decision;
    }
    List<Effect> effects = new ArrayList<>(decision.effects());
    effects.add(new TellPerson());
    return new Decision(decision.facts(), effects);
  }

  private static Decision conflict(Envelope envelope, String detail) {
    return Decision.refusal(envelope, RejectionCode.CONFLICT, detail);
  }

  private static Decision notFound(Envelope envelope, String id) {
    return Decision.refusal(envelope, RejectionCode.NOT_FOUND, "there is no " + id);
  }
}
