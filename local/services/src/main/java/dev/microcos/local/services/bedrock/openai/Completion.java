package dev.microcos.local.services.bedrock.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.microcos.local.services.bedrock.model.BedrockFault;
import dev.microcos.local.services.bedrock.model.BedrockFault.Kind;
import dev.microcos.local.services.bedrock.model.ModelStream;
import dev.microcos.local.services.bedrock.model.ModelStream.Part;
import dev.microcos.local.services.bedrock.model.ModelStream.StopReason;
import dev.microcos.local.services.bedrock.model.ModelStream.Usage;
import dev.microcos.local.services.bedrock.model.Pieces;
import dev.microcos.local.services.bedrock.model.PreparedStream;
import dev.microcos.local.services.bedrock.model.Prompt;
import java.util.ArrayList;
import java.util.List;

/** Reads one chat completion, whole or chunk by chunk, as the parts of an answer. */
final class Completion {

  private final ObjectMapper json;
  private final Prompt prompt;
  private int toolIndex = -1;
  private int toolCount;
  private int written;
  private String finishReason = "";
  private JsonNode usage = MissingNode.getInstance();

  Completion(ObjectMapper json, Prompt prompt) {
    this.json = json;
    this.prompt = prompt;
  }

  /** The answer in a complete body. */
  ModelStream whole(JsonNode body) throws BedrockFault {
    if (!body.path("choices").path(0).path("message").isObject()) {
      throw new BedrockFault(Kind.MODEL_ERROR, "The model server answered without a choice.");
    }
    List<Part> parts = new ArrayList<>(parts(body, "message"));
    parts.add(end());
    return PreparedStream.of(parts);
  }

  /** The parts in a chunk's JSON text. */
  List<Part> chunk(String data) throws BedrockFault {
    JsonNode chunk;
    try {
      chunk = json.readTree(data);
    } catch (JsonProcessingException malformed) {
      throw new BedrockFault(
          Kind.MODEL_STREAM_ERROR, "The model server sent a piece that is not JSON.");
    }
    if (chunk.has("error")) {
      JsonNode error = chunk.path("error");
      throw new BedrockFault(
          Kind.MODEL_STREAM_ERROR,
          "The model server failed: " + error.path("message").asText(error.asText()));
    }
    return parts(chunk, "delta");
  }

  private List<Part> parts(JsonNode body, String field) {
    List<Part> parts = new ArrayList<>();
    JsonNode choice = body.path("choices").path(0);
    String text = choice.path(field).path("content").asText("");
    if (!text.isEmpty() && !choice.path(field).path("content").isNull()) {
      parts.add(new Part.Text(text));
      written += text.length();
    }
    for (JsonNode call : choice.path(field).path("tool_calls")) {
      addCall(call, parts);
    }
    if (choice.hasNonNull("finish_reason")) {
      finishReason = choice.path("finish_reason").asText();
    }
    if (body.path("usage").isObject()) {
      usage = body.path("usage");
    }
    return parts;
  }

  private void addCall(JsonNode call, List<Part> parts) {
    JsonNode function = call.path("function");
    int index = call.path("index").asInt(toolCount);
    if (function.hasNonNull("name") && index != toolIndex) {
      String id = call.path("id").asText("");
      String name = function.path("name").asText();
      parts.add(new Part.ToolCall(id.isEmpty() ? "tooluse_" + toolCount : id, name));
      toolIndex = index;
      toolCount++;
    }
    String input = function.path("arguments").asText("");
    if (!input.isEmpty()) {
      parts.add(new Part.ToolInput(input));
      written += input.length();
    }
  }

  /** Whether the server said why the answer ended. */
  boolean isFinished() {
    return !finishReason.isEmpty();
  }

  /** The end of the answer; usage that the server does not tell is estimated. */
  Part.End end() {
    StopReason reason =
        switch (finishReason) {
          case "length" -> StopReason.MAX_TOKENS;
          case "content_filter" -> StopReason.CONTENT_FILTERED;
          default -> toolCount > 0 ? StopReason.TOOL_USE : StopReason.END_TURN;
        };
    return new Part.End(
        reason,
        new Usage(
            usage.path("prompt_tokens").asInt(Pieces.estimate(prompt)),
            usage.path("completion_tokens").asInt((written + 3) / 4)));
  }
}
