package dev.microcos.local.services.bedrock.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a model is asked: the body of a Converse request after its checks.
 *
 * @param modelId the model as named in the path, decoded
 * @param system the system texts, in order
 * @param turns the conversation, beginning and ending with the user, roles alternating
 * @param limits how the answer is to be made
 * @param tools what the model may call; empty without {@code toolConfig}
 * @param choice which of the tools must be called
 */
public record Prompt(
    String modelId,
    List<String> system,
    List<Turn> turns,
    Limits limits,
    List<Tool> tools,
    Choice choice) {

  /** Keeps the lists from changing. */
  public Prompt {
    system = List.copyOf(system);
    turns = List.copyOf(turns);
    tools = List.copyOf(tools);
  }

  /** The two sides of a conversation. */
  public enum Role {
    /** The person, and what tools gave back. */
    USER,
    /** The model. */
    ASSISTANT
  }

  /** One message of the conversation. */
  public record Turn(Role role, List<Block> content) {
    /** Keeps the blocks from changing. */
    public Turn {
      content = List.copyOf(content);
    }

    /** The text blocks of this message, joined by line breaks; empty if there is none. */
    public String text() {
      return String.join(
          "\n",
          content.stream()
              .filter(Block.Text.class::isInstance)
              .map(Block.Text.class::cast)
              .map(Block.Text::text)
              .toList());
    }
  }

  /** A piece of a message's content. */
  public sealed interface Block {
    /** Words. */
    record Text(String text) implements Block {}

    /** The model's wish to have a tool called. */
    record ToolUse(String id, String name, JsonNode input) implements Block {}

    /** What a called tool gave back. */
    record ToolResult(String id, String text, boolean error) implements Block {}
  }

  /**
   * {@code inferenceConfig}.
   *
   * @param maxTokens the longest answer in tokens; absent means the model's own limit
   * @param temperature null for the model's default
   * @param topP null for the model's default
   * @param stopSequences texts that end the answer
   */
  public record Limits(
      OptionalInt maxTokens,
      @Nullable Double temperature,
      @Nullable Double topP,
      List<String> stopSequences) {
    /** Keeps the list from changing. */
    public Limits {
      stopSequences = List.copyOf(stopSequences);
    }
  }

  /**
   * A tool on offer.
   *
   * @param inputSchema the JSON Schema of its input
   */
  public record Tool(String name, String description, ObjectNode inputSchema) {}

  /** {@code toolChoice}. */
  public sealed interface Choice {
    /** The model decides whether it calls a tool. */
    record Auto() implements Choice {}

    /** The model must call some tool. */
    record Any() implements Choice {}

    /** The model must call this tool. */
    record Named(String name) implements Choice {}
  }

  /** The last message: what the answer is given to. */
  public Turn last() {
    return turns.getLast();
  }
}
