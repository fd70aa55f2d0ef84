package dev.microcos.core.domain.user;

import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.log.Row;
import dev.microcos.core.domain.run.RunStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run as its person's list shows it.
 *
 * @param runSeq up to which seq of the run's own log this is known
 * @param error the name of what it failed with
 */
public record RunBrief(
    RunId runId,
    long runSeq,
    String workflow,
    String title,
    RunStatus status,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String error)
    implements Row {

  @Override
  public String id() {
    return runId.value();
  }
}
