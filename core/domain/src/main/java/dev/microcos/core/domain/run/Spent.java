package dev.microcos.core.domain.run;

import dev.microcos.core.domain.log.Fact.TokenUse;

/**
 * What models cost.
 *
 * @param inputTokens tokens that they read
 * @param outputTokens tokens that they wrote
 * @param micros millionths of a US dollar
 */
public record Spent(long inputTokens, long outputTokens, long micros) {

  /** No model was asked. */
  public static final Spent NOTHING = new Spent(0, 0, 0);

  Spent and(TokenUse tokens, long costMicros) {
    return new Spent(
        inputTokens + tokens.input(), outputTokens + tokens.output(), micros + costMicros);
  }
}
