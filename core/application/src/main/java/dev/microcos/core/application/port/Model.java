package dev.microcos.core.application.port;

/** A language model that writes as one reads along. */
public interface Model {

  /**
   * Begins an answer.
   *
   * @throws ModelFailure if the model does not begin
   */
  TokenStream narrate(Prompt prompt);

  /**
   * The name under which calls are accounted for. What only stands in for the model of that id has
   * another one, which says so.
   */
  String nameOf(String modelId);
}
