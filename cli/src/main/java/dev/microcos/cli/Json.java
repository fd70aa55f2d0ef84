package dev.microcos.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reads and writes JSON trees. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /** An empty object to fill. */
  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** The tree of a text; a missing node where the text is no JSON. */
  static JsonNode read(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      return MAPPER.missingNode();
    }
  }

  /** The tree on one line. */
  static String line(JsonNode tree) {
    return tree.toString();
  }

  /** The tree on many lines, for a person. */
  static String pretty(JsonNode tree) {
    return tree.toPrettyString();
  }

  /** The text of a field, or an empty text. */
  static String text(JsonNode tree, String field) {
    return tree.path(field).asText("");
  }
}
