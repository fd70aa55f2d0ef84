package dev.microcos.core.domain.user;

import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.log.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that a person was told.
 *
 * @param id the id of the event that told it
 * @param runId the run that told it, if one did
 */
public record Notification(String id, String title, String text, @Nullable RunId runId, Instant at)
    implements Row {}
