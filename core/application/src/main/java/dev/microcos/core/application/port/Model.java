package dev.microcos.core.application.port;

/** A language model that writes as one reads along. */
public interface Model {

  /**
   * Begins an answer.
   *
   * @throws ModelFailure if the model does not begin
   */
  TokenStream narrate(Prompt prompt);
}
