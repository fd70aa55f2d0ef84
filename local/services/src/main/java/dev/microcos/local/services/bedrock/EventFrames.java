package dev.microcos.local.services.bedrock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.services.bedrock.model.BedrockFault;
import dev.microcos.local.services.bedrock.model.ModelStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/**
 * Writes the events of ConverseStream in AWS's event-stream framing, each sent at once. The
 * receiver's leaving shows as an IOException.
 */
final class EventFrames {

  private final OutputStream out;
  private final ObjectMapper json;

  EventFrames(OutputStream out, ObjectMapper json) {
    this.out = out;
    this.json = json;
  }

  void messageStart() throws IOException {
    event("messageStart", object().put("role", "assistant"));
  }

  void toolStart(int index, String id, String name) throws IOException {
    ObjectNode event = object();
    event.putObject("start").putObject("toolUse").put("toolUseId", id).put("name", name);
    event("contentBlockStart", event.put("contentBlockIndex", index));
  }

  void text(int index, String text) throws IOException {
    ObjectNode event = object();
    event.putObject("delta").put("text", text);
    event("contentBlockDelta", event.put("contentBlockIndex", index));
  }

  void toolInput(int index, String input) throws IOException {
    ObjectNode event = object();
    event.putObject("delta").putObject("toolUse").put("input", input);
    event("contentBlockDelta", event.put("contentBlockIndex", index));
  }

  void blockStop(int index) throws IOException {
    event("contentBlockStop", object().put("contentBlockIndex", index));
  }

  void messageStop(ModelStream.StopReason reason) throws IOException {
    event("messageStop", object().put("stopReason", reason.wireName()));
  }

  void metadata(ModelStream.Usage usage, long latencyMillis) throws IOException {
    ObjectNode event = object();
    event.set("usage", usage(usage));
    event.putObject("metrics").put("latencyMs", latencyMillis);
    event("metadata", event);
  }

  void exception(BedrockFault fault) throws IOException {
    ObjectNode body = object().put("message", fault.getMessage());
    if (fault.kind().eventName().equals("modelStreamErrorException")) {
      body.put("originalStatusCode", fault.kind().status());
      body.put("originalMessage", fault.getMessage());
    }
    send(":exception-type", fault.kind().eventName(), "exception", body);
  }

  /** Finds out whether the receiver is still there. */
  void probe() throws IOException {
    out.flush();
  }

  static ObjectNode usage(ModelStream.Usage usage) {
    return object()
        .put("inputTokens", usage.inputTokens())
        .put("outputTokens", usage.outputTokens())
        .put("totalTokens", usage.inputTokens() + usage.outputTokens());
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private void event(String type, ObjectNode body) throws IOException {
    send(":event-type", type, "event", body);
  }

  private void send(String typeHeader, String type, String messageType, ObjectNode body)
      throws IOException {
    new Message(
            Map.of(
                typeHeader,
                HeaderValue.fromString(type),
                ":content-type",
                HeaderValue.fromString("application/json"),
                ":message-type",
                HeaderValue.fromString(messageType)),
            bytes(body))
        .encode(out);
    out.flush();
  }

  private byte[] bytes(ObjectNode body) {
    try {
      return json.writeValueAsBytes(body);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree of plain values", impossible);
    }
  }
}
