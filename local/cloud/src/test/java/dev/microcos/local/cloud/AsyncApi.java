package dev.microcos.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The socket as its document tells it. */
final class AsyncApi {

  private AsyncApi() {}

  /** The actions of a client, which are also the names of their schemas. */
  static List<String> actions() {
    return messages("fromClient").stream()
        .map(message -> message.at("/examples/0/payload/action").asText())
        .toList();
  }

  /** An action as the document shows it. */
  static JsonNode example(String action) {
    return messages("fromClient").stream()
        .map(message -> message.at("/examples/0/payload"))
        .filter(payload -> payload.path("action").asText().equals(action))
        .findFirst()
        .orElseThrow();
  }

  /** The schemas of what a client gets. */
  static List<String> toClient() {
    return messages("toClient").stream()
        .map(message -> Documents.name(message.path("payload")))
        .toList();
  }

  /** The schema of a frame that came; fails if the document has none. */
  static String schemaOf(JsonNode frame) {
    String name = frame.has("fetch") ? "fetch" : frame.path("type").asText();
    String schema = "api/frames/" + name;
    if (!toClient().contains(schema)) {
      throw new AssertionError("the document has no frame such as " + frame);
    }
    return schema;
  }

  private static List<JsonNode> messages(String operation) {
    List<JsonNode> messages = new ArrayList<>();
    for (JsonNode each :
        Documents.read("api/asyncapi.yaml").path("operations").path(operation).path("messages")) {
      JsonNode inChannel = Documents.referred(each.path("$ref").asText());
      messages.add(Documents.resolved(inChannel));
    }
    return messages;
  }
}
