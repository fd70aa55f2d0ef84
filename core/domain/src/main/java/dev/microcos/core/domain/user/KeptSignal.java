package dev.microcos.core.domain.user;

import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A signal that nothing waited for yet.
 *
 * @param runId the only run that it is for, if it is for one
 */
public record KeptSignal(
    EventId signalId, String signal, Document data, @Nullable RunId runId, Instant at)
    implements Row {

  @Override
  public String id() {
    return signalId.value();
  }
}
