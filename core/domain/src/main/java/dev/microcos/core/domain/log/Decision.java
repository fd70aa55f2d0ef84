package dev.microcos.core.domain.log;

import java.util.List;

/**
 * What was decided for an envelope.
 *
 * @param facts at least one; the first carries the envelope's id
 * @param effects what is to be done once the facts are written
 */
public record Decision(List<Envelope> facts, List<Effect> effects) {

  /** A decision without effects. */
  public static Decision of(Envelope fact) {
    return new Decision(List.of(fact), List.of());
  }
}
