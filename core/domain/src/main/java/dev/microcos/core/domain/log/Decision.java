package dev.microcos.core.domain.log;

import dev.microcos.core.domain.log.Fact.Rejected;
import dev.microcos.core.domain.log.Fact.RejectionCode;
import dev.microcos.core.domain.log.Fact.TokenUse;
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

  /** A refusal of the envelope. */
  public static Decision refusal(Envelope envelope, RejectionCode code, String detail) {
    return of(
        envelope.decided(new Rejected(code, detail, envelope.fact().type(), null, TokenUse.NONE)));
  }
}
