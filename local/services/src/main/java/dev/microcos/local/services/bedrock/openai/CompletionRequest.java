package dev.microcos.local.services.bedrock.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.services.bedrock.model.ModelBackend.Delivery;
import dev.microcos.local.services.bedrock.model.Prompt;
import dev.microcos.local.services.bedrock.model.Prompt.Block;
import dev.microcos.local.services.bedrock.model.Prompt.Choice;
import dev.microcos.local.services.bedrock.model.Prompt.Role;
import dev.microcos.local.services.bedrock.model.Prompt.Turn;

/** Puts a prompt into the form of a chat completion request. */
final class CompletionRequest {

  private CompletionRequest() {}

  static ObjectNode of(String model, Prompt prompt, Delivery delivery) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("model", model);
    ArrayNode messages = body.putArray("messages");
    if (!prompt.system().isEmpty()) {
      messages
          .addObject()
          .put("role", "system")
          .put("content", String.join("\n\n", prompt.system()));
    }
    prompt.turns().forEach(turn -> add(turn, messages));
    limits(prompt, body);
    if (!prompt.tools().isEmpty()) {
      tools(prompt, body);
    }
    if (delivery == Delivery.STREAMED) {
      body.put("stream", true).putObject("stream_options").put("include_usage", true);
    }
    return body;
  }

  private static void add(Turn turn, ArrayNode messages) {
    for (Block block : turn.content()) {
      if (block instanceof Block.ToolResult(String id, String text, boolean error)) {
        messages
            .addObject()
            .put("role", "tool")
            .put("tool_call_id", id)
            .put("content", error ? "Error: " + text : text);
      }
    }
    boolean model = turn.role() == Role.ASSISTANT;
    boolean calls = turn.content().stream().anyMatch(Block.ToolUse.class::isInstance);
    if (turn.text().isEmpty() && !calls) {
      return;
    }
    ObjectNode message = messages.addObject().put("role", model ? "assistant" : "user");
    message.put("content", turn.text());
    if (calls) {
      calls(turn, message.putArray("tool_calls"));
    }
  }

  private static void calls(Turn turn, ArrayNode calls) {
    for (Block block : turn.content()) {
      if (block instanceof Block.ToolUse use) {
        calls
            .addObject()
            .put("id", use.id())
            .put("type", "function")
            .putObject("function")
            .put("name", use.name())
            .put("arguments", use.input().toString());
      }
    }
  }

  private static void limits(Prompt prompt, ObjectNode body) {
    prompt.limits().maxTokens().ifPresent(most -> body.put("max_tokens", most));
    if (prompt.limits().temperature() != null) {
      body.put("temperature", prompt.limits().temperature());
    }
    if (prompt.limits().topP() != null) {
      body.put("top_p", prompt.limits().topP());
    }
    if (!prompt.limits().stopSequences().isEmpty()) {
      ArrayNode stop = body.putArray("stop");
      prompt.limits().stopSequences().forEach(stop::add);
    }
  }

  private static void tools(Prompt prompt, ObjectNode body) {
    ArrayNode tools = body.putArray("tools");
    for (Prompt.Tool tool : prompt.tools()) {
      tools
          .addObject()
          .put("type", "function")
          .putObject("function")
          .put("name", tool.name())
          .put("description", tool.description())
          .set("parameters", tool.inputSchema());
    }
    switch (prompt.choice()) {
      case Choice.Auto auto -> body.put("tool_choice", "auto");
      case Choice.Any any -> body.put("tool_choice", "required");
      case Choice.Named(String name) ->
          body.putObject("tool_choice")
              .put("type", "function")
              .putObject("function")
              .put("name", name);
    }
  }
}
