package dev.microcos.core.domain.run;

import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.id.StepId;
import dev.microcos.core.domain.log.Row;

/**
 * A run that a step of this one started.
 *
 * @param over whether it has ended, however it did
 */
public record Child(
    RunId runId, StepId stepId, String workflow, Parent.OnCancel onCancel, boolean over)
    implements Row {

  /**
   * The error of a step whose run did not come to its end: it failed, was cancelled or timed out.
   */
  public static final String NOT_COMPLETED = "Run.NotCompleted";

  @Override
  public String id() {
    return runId.value();
  }

  Child ended() {
    return new Child(runId, stepId, workflow, onCancel, true);
  }
}
