package dev.microcos.local.services.bedrock;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.services.bedrock.model.BedrockFault;
import dev.microcos.local.services.bedrock.model.ModelBackend.Delivery;
import dev.microcos.local.services.bedrock.model.Prompt;
import dev.microcos.local.services.bedrock.model.Prompt.Block;
import dev.microcos.local.services.bedrock.model.Prompt.Choice;
import dev.microcos.local.services.bedrock.model.Prompt.Limits;
import dev.microcos.local.services.bedrock.model.Prompt.Role;
import dev.microcos.local.services.bedrock.model.Prompt.Tool;
import dev.microcos.local.services.bedrock.model.Prompt.Turn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;

/** Reads the body of a Converse request. What it cannot read is a {@code ValidationException}. */
final class PromptReader {

  private final ObjectMapper json;

  PromptReader(ObjectMapper json) {
    this.json = json;
  }

  Prompt read(String modelId, byte[] body, Delivery delivery) throws BedrockFault {
    JsonNode root = parse(body);
    List<String> system = new ArrayList<>();
    for (JsonNode block : root.path("system")) {
      if (block.has("text")) {
        system.add(block.path("text").asText());
      }
    }
    List<Turn> turns = new ArrayList<>();
    for (JsonNode message : root.path("messages")) {
      turns.add(turn(modelId, message, "messages." + turns.size()));
    }
    Prompt prompt =
        new Prompt(
            modelId,
            system,
            turns,
            limits(root.path("inferenceConfig")),
            tools(root.path("toolConfig").path("tools")),
            choice(root.path("toolConfig").path("toolChoice")));
    PromptRules.check(prompt, delivery);
    return prompt;
  }

  private JsonNode parse(byte[] body) throws BedrockFault {
    try {
      JsonNode root = json.readTree(body);
      if (root != null && root.isObject()) {
        return root;
      }
    } catch (JacksonException malformed) {
      throw BedrockFault.invalid("The request body is not JSON: " + malformed.getOriginalMessage());
    } catch (IOException impossible) {
      throw new IllegalStateException("reading from memory", impossible);
    }
    throw BedrockFault.invalid("The request body is not a JSON object.");
  }

  private static Turn turn(String modelId, JsonNode message, String at) throws BedrockFault {
    Role role =
        switch (message.path("role").asText()) {
          case "user" -> Role.USER;
          case "assistant" -> Role.ASSISTANT;
          default ->
              throw BedrockFault.invalid(
                  "Value at '" + at + ".role' must satisfy enum value set: [user, assistant]");
        };
    List<Block> blocks = new ArrayList<>();
    for (JsonNode block : message.path("content")) {
      blocks.add(block(modelId, block, at + ".content." + blocks.size()));
    }
    if (blocks.isEmpty()) {
      throw BedrockFault.invalid(
          "The content field in the Message object at "
              + at
              + " is empty. Add a ContentBlock object to the content field and try again.");
    }
    return new Turn(role, blocks);
  }

  private static Block block(String modelId, JsonNode block, String at) throws BedrockFault {
    Map.Entry<String, JsonNode> field =
        block.properties().stream()
            .findFirst()
            .orElseThrow(
                () -> BedrockFault.invalid("The ContentBlock object at " + at + " is empty."));
    JsonNode value = field.getValue();
    return switch (field.getKey()) {
      case "text" -> new Block.Text(notBlank(value.asText(), at));
      case "toolUse" ->
          new Block.ToolUse(
              value.path("toolUseId").asText(), value.path("name").asText(), value.path("input"));
      case "toolResult" -> result(value, at);
      default ->
          throw BedrockFault.invalid(
              "This model doesn't support the "
                  + field.getKey()
                  + " field. Remove "
                  + field.getKey()
                  + " and try again. ("
                  + modelId
                  + " reads text only.)");
    };
  }

  private static String notBlank(String text, String at) throws BedrockFault {
    if (text.isBlank()) {
      throw BedrockFault.invalid(
          "The text field in the ContentBlock object at "
              + at
              + " is blank. Add text to the text field, and try again.");
    }
    return text;
  }

  private static Block.ToolResult result(JsonNode value, String at) throws BedrockFault {
    List<String> texts = new ArrayList<>();
    for (JsonNode part : value.path("content")) {
      texts.add(part.has("json") ? part.path("json").toString() : part.path("text").asText());
    }
    boolean error = value.path("status").asText().equals("error");
    if (texts.isEmpty() && error) {
      throw BedrockFault.invalid(
          "The content field in the ToolResult object at "
              + at
              + " is empty. Add content and try again.");
    }
    return new Block.ToolResult(value.path("toolUseId").asText(), String.join("\n", texts), error);
  }

  private static Limits limits(JsonNode config) {
    return new Limits(
        config.has("maxTokens")
            ? OptionalInt.of(config.path("maxTokens").asInt())
            : OptionalInt.empty(),
        config.has("temperature") ? config.path("temperature").asDouble() : null,
        config.has("topP") ? config.path("topP").asDouble() : null,
        StreamSupport.stream(config.path("stopSequences").spliterator(), false)
            .map(JsonNode::asText)
            .toList());
  }

  private static List<Tool> tools(JsonNode offered) throws BedrockFault {
    List<Tool> tools = new ArrayList<>();
    for (JsonNode tool : offered) {
      JsonNode spec = tool.path("toolSpec");
      if (!(spec.path("inputSchema").path("json") instanceof ObjectNode schema)) {
        throw BedrockFault.invalid(
            "The toolSpec object at toolConfig.tools."
                + tools.size()
                + " has no inputSchema.json.");
      }
      tools.add(new Tool(spec.path("name").asText(), spec.path("description").asText(), schema));
    }
    return tools;
  }

  private static Choice choice(JsonNode choice) {
    if (choice.has("any")) {
      return new Choice.Any();
    }
    if (choice.has("tool")) {
      return new Choice.Named(choice.path("tool").path("name").asText());
    }
    return new Choice.Auto();
  }
}
