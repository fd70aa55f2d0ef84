package dev.microcos.core.domain.log;

import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.InputId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.id.StepId;
import dev.microcos.core.domain.run.Parent;
import dev.microcos.core.domain.run.RunStatus;
import dev.microcos.core.domain.run.Trigger;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Something that happened to a run, or that somebody asks to have happen; of the run's own log. */
public sealed interface RunFact extends Fact {

  /** The names of all types but that of a refusal, which both kinds of log hold. */
  Set<String> TYPES =
      Set.of(
          "run.started",
          "run.execution_started",
          "step.started",
          "step.completed",
          "step.failed",
          "input.required",
          "input.received",
          "wait.registered",
          "signal.received",
          "child.started",
          "child.ended",
          "run.completed",
          "run.failed",
          "run.cancelled",
          "run.timed_out");

  @Override
  default String type() {
    return switch (this) {
      case RunStarted fact -> "run.started";
      case ExecutionStarted fact -> "run.execution_started";
      case StepStarted fact -> "step.started";
      case StepCompleted fact -> "step.completed";
      case StepFailed fact -> "step.failed";
      case InputRequired fact -> "input.required";
      case InputReceived fact -> "input.received";
      case WaitRegistered fact -> "wait.registered";
      case SignalReceived fact -> "signal.received";
      case ChildStarted fact -> "child.started";
      case ChildEnded fact -> "child.ended";
      case RunCompleted fact -> "run.completed";
      case RunFailed fact -> "run.failed";
      case RunCancelled fact -> "run.cancelled";
      case RunTimedOut fact -> "run.timed_out";
    };
  }

  /**
   * A run is asked for.
   *
   * @param definitionHash of the definition that it begins on, and ends on
   * @param input what it is given
   * @param startStep the state that it begins with, if not the first
   * @param state what it begins with in place of the input: a rerun
   * @param rerunOf the run that it does again
   * @param parent the run that started it
   * @param parentToken what the parent waits with for its end; never shown. One of a later attempt,
   *     under which the run is asked for again, replaces the old
   */
  record RunStarted(
      String workflow,
      String title,
      String definitionHash,
      Document input,
      Trigger trigger,
      @Nullable String startStep,
      @Nullable Document state,
      @Nullable RunId rerunOf,
      @Nullable Parent parent,
      @Nullable String parentToken)
      implements RunFact {

    /** What it begins with. */
    public Document begin() {
      return state == null ? input : state;
    }

    /** The same, waited for by another attempt of the parent's step with a token of its own. */
    public RunStarted waitedForBy(@Nullable Parent parent, @Nullable String token) {
      return new RunStarted(
          workflow,
          title,
          definitionHash,
          input,
          trigger,
          startStep,
          state,
          rerunOf,
          parent,
          token);
    }
  }

  /** The run's execution has begun. */
  record ExecutionStarted(String executionArn) implements RunFact {}

  /**
   * A step is begun, or begun again.
   *
   * @param name the name of its state
   * @param order the how many-th step of the run it is; decided in the log, 0 in a report
   * @param index which item of a Map, or branch of a Parallel; null outside of them
   * @param handler what does it, {@code agent}
   * @param into where what it waits for goes in the run's state; null if it does not wait, or
   *     nowhere
   * @param attempt from 1 on
   * @param input the state before it; left out by the log where that is the run's present state
   * @param inputHash the hash of that state
   */
  record StepStarted(
      StepId stepId,
      String name,
      String title,
      int order,
      @Nullable Integer index,
      String handler,
      @Nullable String into,
      int attempt,
      @Nullable Document input,
      String inputHash)
      implements RunFact {}

  /**
   * A step is done.
   *
   * @param patch leads from the state before it to the state after it (RFC 6902)
   * @param stateHash the hash of the state after it
   * @param costMicros what its tokens cost, in millionths of a US dollar
   * @param operation the call of a model or tool that did it
   */
  record StepCompleted(
      StepId stepId,
      int attempt,
      Document patch,
      String stateHash,
      long durationMillis,
      TokenUse tokens,
      long costMicros,
      @Nullable OperationId operation)
      implements RunFact {}

  /**
   * An attempt at a step failed.
   *
   * @param error the name of the error, as the definition's retriers and catchers know it
   * @param retryable whether trying again may help
   * @param costMicros what its tokens cost, in millionths of a US dollar
   */
  record StepFailed(
      StepId stepId,
      int attempt,
      String error,
      String cause,
      boolean retryable,
      long durationMillis,
      TokenUse tokens,
      long costMicros)
      implements RunFact {}

  /**
   * A person is asked something.
   *
   * @param attempt of the step, from 1 on
   * @param schema JSON Schema of the answer
   * @param deadline until when it can be answered
   * @param otherwise what holds at the deadline if nobody has answered
   * @param token what the execution waits with; never shown. That of a later attempt replaces it
   */
  record InputRequired(
      InputId inputId,
      StepId stepId,
      int attempt,
      String prompt,
      Document schema,
      Instant deadline,
      @Nullable Document otherwise,
      String token)
      implements RunFact {}

  /**
   * A question is answered; the first answer counts.
   *
   * @param by the user's id, or {@link #DEADLINE}
   * @param at when; decided in the log, absent in a request
   */
  record InputReceived(InputId inputId, Document value, String by, @Nullable Instant at)
      implements RunFact {

    /** Who answers with what was said to hold otherwise. */
    public static final String DEADLINE = "deadline";
  }

  /**
   * A step waits for a signal.
   *
   * @param waitId the step that waits
   * @param attempt of the step, from 1 on
   * @param signal the type of the signal
   * @param match fields that the signal's data must have with these values; null if any will do
   * @param token what the execution waits with; never shown. That of a later attempt replaces it
   */
  record WaitRegistered(
      StepId waitId,
      int attempt,
      String signal,
      @Nullable Document match,
      Instant deadline,
      String token)
      implements RunFact {}

  /** A wait's signal came; the first one counts. */
  record SignalReceived(StepId waitId, EventId signalId, String signal, Document data)
      implements RunFact {}

  /** A step of this run started a run of its own. */
  record ChildStarted(RunId childId, StepId stepId, String workflow, Parent.OnCancel onCancel)
      implements RunFact {}

  /**
   * A run that this one started is over.
   *
   * @param result what it gave to the step that waits for it; null if none does, or it gave nothing
   * @param cause in words why the step that waits for it gets no result; null if none does
   */
  record ChildEnded(
      RunId childId, RunStatus status, @Nullable Document result, @Nullable String cause)
      implements RunFact {}

  /** The run has come to its end. */
  record RunCompleted(Document result) implements RunFact {}

  /**
   * The run has failed.
   *
   * @param error the name of the error
   * @param stepId the step that it failed in, if it is known
   */
  record RunFailed(String error, String cause, @Nullable StepId stepId) implements RunFact {}

  /**
   * The run was stopped.
   *
   * @param by the user's id, or what else stopped it
   */
  record RunCancelled(String by) implements RunFact {}

  /** The run took longer than it may. */
  record RunTimedOut() implements RunFact {}
}
