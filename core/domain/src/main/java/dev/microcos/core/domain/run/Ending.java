package dev.microcos.core.domain.run;

import dev.microcos.core.domain.id.StepId;
import dev.microcos.core.domain.log.Document;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param result what it gave, if it came to its end
 * @param error the name of what it failed with, or null
 * @param cause in words what it failed with, or who stopped it, or null
 * @param stepId the step that it failed in, if it is known
 */
public record Ending(
    RunStatus status,
    Instant at,
    @Nullable Document result,
    @Nullable String error,
    @Nullable String cause,
    @Nullable StepId stepId) {}
