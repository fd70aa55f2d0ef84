package dev.microcos.local.services.bedrock.model;

/** What stands behind the Bedrock wire and makes the answers. Called from many threads at once. */
public interface ModelBackend {

  /** What people are told that answers them, as in {@code offline model}. */
  String name();

  /**
   * Takes a prompt and begins to answer it.
   *
   * @param delivery whether the answer will be shown while it is made
   * @throws BedrockFault if there will be no answer
   */
  ModelStream open(Prompt prompt, Delivery delivery) throws BedrockFault, InterruptedException;

  /** The operation that asks. */
  enum Delivery {
    /** Converse: all at once. */
    WHOLE,
    /** ConverseStream: piece by piece. */
    STREAMED
  }
}
