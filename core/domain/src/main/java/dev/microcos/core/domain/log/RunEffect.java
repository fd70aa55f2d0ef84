package dev.microcos.core.domain.log;

import dev.microcos.core.domain.id.InputId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.id.StepId;

/** What a commit of a run's log asks for; each takes what it needs from the present state. */
public sealed interface RunEffect extends Effect {

  /** Start the run's execution; performed again only while the run is pending. */
  record StartExecution() implements RunEffect {}

  /** Stop the run's execution. */
  record StopExecution(String error, String cause) implements RunEffect {}

  /** Stop a call of a model whose answer no step waits for any more. */
  record StopCall(OperationId operationId) implements RunEffect {}

  /** Give the execution the answer to a question. */
  record AnswerQuestion(InputId inputId) implements RunEffect {}

  /** Give the execution the signal of a wait. */
  record AnswerWait(StepId waitId) implements RunEffect {}

  /** Tell the person how the run stands. */
  record TellPerson() implements RunEffect {}

  /** Tell the parent that this run has begun. */
  record TellParent() implements RunEffect {}

  /** Tell the parent that this run is over, and give it the result if it waits for it. */
  record AnswerParent() implements RunEffect {}

  /** Cancel a run that this one started. */
  record CancelChild(RunId childId) implements RunEffect {}
}
