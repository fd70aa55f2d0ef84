package dev.microcos.core.domain.run;

import dev.microcos.core.domain.id.StepId;
import dev.microcos.core.domain.log.Document;
import org.jspecify.annotations.Nullable;

/**
 * A run's wait for a signal, as its person knows it.
 *
 * @param match fields that the signal's data must have with these values; null if any will do
 */
public record OpenWait(StepId waitId, String signal, @Nullable Document match) {

  /** Whether a signal of this type with this data is what is waited for. */
  public boolean isFor(String type, Document data) {
    return signal.equals(type) && (match == null || data.holds(match));
  }
}
