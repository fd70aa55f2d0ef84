package dev.microcos.local.services.bedrock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.services.bedrock.model.BedrockFault;
import dev.microcos.local.services.bedrock.model.BedrockFault.Kind;
import dev.microcos.local.services.bedrock.model.ModelStream;
import dev.microcos.local.services.bedrock.model.ModelStream.Part;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Carries a model's answer to the wire, whole or piece by piece. */
final class AnswerWriter {

  /** How long a silent model goes before the writer looks whether anybody still listens. */
  private static final Duration PATIENCE = Duration.ofMillis(250);

  private final ObjectMapper json;

  AnswerWriter(ObjectMapper json) {
    this.json = json;
  }

  /**
   * The body of a Converse answer.
   *
   * @param began {@link System#nanoTime} when the model was asked
   */
  byte[] whole(ModelStream stream, long began) throws BedrockFault, InterruptedException {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode message = body.putObject("output").putObject("message").put("role", "assistant");
    try (stream) {
      Collector collector = new Collector(message.putArray("content"));
      while (true) {
        switch (stream.next(PATIENCE)) {
          case Part.Text(String text) -> collector.text.append(text);
          case Part.ToolCall(String id, String name) -> collector.tool(id, name);
          case Part.ToolInput(String input) -> collector.input.append(input);
          case Part.Quiet quiet -> {}
          case Part.Cut cut -> throw cut();
          case Part.End(ModelStream.StopReason reason, ModelStream.Usage usage) -> {
            collector.finishBlock();
            body.put("stopReason", reason.wireName());
            body.set("usage", EventFrames.usage(usage));
            body.putObject("metrics").put("latencyMs", millisSince(began));
            return bytes(body);
          }
        }
      }
    }
  }

  /** Writes the events of a ConverseStream answer; the receiver's leaving stops the model. */
  void stream(ModelStream stream, long began, OutputStream out) throws IOException {
    EventFrames frames = new EventFrames(out, json);
    try (stream) {
      frames.messageStart();
      writeParts(stream, began, frames);
    } catch (BedrockFault fault) {
      frames.exception(fault);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the local cloud is shutting down");
    }
  }

  private static void writeParts(ModelStream stream, long began, EventFrames frames)
      throws IOException, BedrockFault, InterruptedException {
    OpenBlock block = new OpenBlock(frames);
    while (true) {
      switch (stream.next(PATIENCE)) {
        case Part.Text(String text) -> frames.text(block.forText(), text);
        case Part.ToolCall(String id, String name) -> frames.toolStart(block.forTool(), id, name);
        case Part.ToolInput(String input) -> frames.toolInput(block.index, input);
        case Part.Quiet quiet -> frames.probe();
        case Part.Cut cut -> {
          return;
        }
        case Part.End(ModelStream.StopReason reason, ModelStream.Usage usage) -> {
          block.stop();
          frames.messageStop(reason);
          frames.metadata(usage, millisSince(began));
          return;
        }
      }
    }
  }

  byte[] bytes(JsonNode body) {
    try {
      return json.writeValueAsBytes(body);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree of plain values", impossible);
    }
  }

  private static long millisSince(long began) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
  }

  private static BedrockFault cut() {
    return new BedrockFault(
        Kind.MODEL_ERROR, "The model broke off before its answer was complete.");
  }

  /** Which content block is open in a stream; Bedrock numbers them from 0 and closes each. */
  private static final class OpenBlock {
    private final EventFrames frames;
    private int index = -1;
    private boolean text;

    OpenBlock(EventFrames frames) {
      this.frames = frames;
    }

    int forText() throws IOException {
      if (!text) {
        stop();
        index++;
        text = true;
      }
      return index;
    }

    int forTool() throws IOException {
      stop();
      text = false;
      return ++index;
    }

    void stop() throws IOException {
      if (index >= 0) {
        frames.blockStop(index);
      }
    }
  }

  /** Puts the parts of an answer together to content blocks. */
  private final class Collector {
    private final ArrayNode content;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder input = new StringBuilder();
    private String id = "";
    private String name = "";

    Collector(ArrayNode content) {
      this.content = content;
    }

    void tool(String nextId, String nextName) throws BedrockFault {
      finishBlock();
      id = nextId;
      name = nextName;
    }

    void finishBlock() throws BedrockFault {
      if (!text.isEmpty()) {
        content.addObject().put("text", text.toString());
        text.setLength(0);
      }
      if (!id.isEmpty()) {
        ObjectNode tool = content.addObject().putObject("toolUse");
        tool.put("toolUseId", id).put("name", name).set("input", parseInput());
        input.setLength(0);
        id = "";
      }
    }

    private JsonNode parseInput() throws BedrockFault {
      try {
        return input.isEmpty()
            ? JsonNodeFactory.instance.objectNode()
            : json.readTree(input.toString());
      } catch (JsonProcessingException malformed) {
        throw new BedrockFault(
            Kind.MODEL_ERROR,
            "The model called the tool " + name + " with input that is not JSON.");
      }
    }
  }
}
