package dev.microcos.local.services.bedrock.model;

import java.time.Duration;

/** An answer in the making, read by one thread. Closing it before its end stops the model. */
public interface ModelStream extends AutoCloseable {

  /**
   * Waits for the next part of the answer.
   *
   * @param patience how long to wait before {@link Part.Quiet} is the answer
   * @return the next part; nothing follows {@link Part.End} and {@link Part.Cut}
   * @throws BedrockFault if the model fails in the middle
   */
  Part next(Duration patience) throws BedrockFault, InterruptedException;

  @Override
  void close();

  /** A part of an answer. */
  sealed interface Part {
    /** Some more of the text, about one token of it. */
    record Text(String text) implements Part {}

    /** A tool call begins. */
    record ToolCall(String id, String name) implements Part {}

    /** Some more of the input of the tool call that began last, as JSON text. */
    record ToolInput(String json) implements Part {}

    /** Nothing yet. */
    record Quiet() implements Part {}

    /** The answer is complete. */
    record End(StopReason reason, Usage usage) implements Part {}

    /** The line to the model broke: no more comes, and nothing says why. */
    record Cut() implements Part {}
  }

  /** Tokens that a call used. */
  record Usage(int inputTokens, int outputTokens) {}

  /** Why an answer ended, by the names of the Converse API. */
  enum StopReason {
    /** The model was done. */
    END_TURN("end_turn"),
    /** {@code maxTokens} was reached. */
    MAX_TOKENS("max_tokens"),
    /** One of the stop sequences came up. */
    STOP_SEQUENCE("stop_sequence"),
    /** The model waits for the result of a tool. */
    TOOL_USE("tool_use"),
    /** A filter held the answer back. */
    CONTENT_FILTERED("content_filtered");

    private final String wireName;

    StopReason(String wireName) {
      this.wireName = wireName;
    }

    /** The value of {@code stopReason}. */
    public String wireName() {
      return wireName;
    }
  }
}
