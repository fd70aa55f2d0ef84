package dev.microcos.core.domain.run;

import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.id.StepId;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Row;
import org.jspecify.annotations.Nullable;

/**
 * A run that a step of this one started.
 *
 * @param over whether it has ended, however it did
 * @param result what it gave to the step that waited for it; null as long as there is none
 */
public record Child(
    RunId runId,
    StepId stepId,
    String workflow,
    Parent.OnCancel onCancel,
    boolean over,
    @Nullable Document result)
    implements Row {

  /**
   * The error of a step whose run did not come to its end: it failed, was cancelled or timed out.
   */
  public static final String NOT_COMPLETED = "Run.NotCompleted";

  @Override
  public String id() {
    return runId.value();
  }

  /** It is over, and gave this to the step that waited for it. */
  Child ended(@Nullable Document gave) {
    return new Child(runId, stepId, workflow, onCancel, true, gave);
  }
}
