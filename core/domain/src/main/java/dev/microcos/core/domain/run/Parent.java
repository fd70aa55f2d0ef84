package dev.microcos.core.domain.run;

import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.id.StepId;

/**
 * The run that started another one.
 *
 * @param stepId the step that did
 * @param attempt the attempt of that step which waits for it, or else began it
 * @param onCancel what becomes of the started run when its parent is cancelled
 */
public record Parent(RunId runId, StepId stepId, int attempt, OnCancel onCancel) {

  /** What becomes of a run when its parent is cancelled. */
  public enum OnCancel {
    CANCEL,
    LEAVE
  }

  /** Whether both are the same step of the same run. */
  boolean isSameStepAs(Parent other) {
    return runId.equals(other.runId) && stepId.equals(other.stepId);
  }
}
