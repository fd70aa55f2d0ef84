package dev.microcos.core.domain.run;

import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.id.StepId;

/**
 * The run that started another one.
 *
 * @param stepId the step that did
 * @param onCancel what becomes of the started run when its parent is cancelled
 */
public record Parent(RunId runId, StepId stepId, OnCancel onCancel) {

  /** What becomes of a run when its parent is cancelled. */
  public enum OnCancel {
    CANCEL,
    LEAVE
  }
}
