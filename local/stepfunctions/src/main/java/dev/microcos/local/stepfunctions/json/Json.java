package dev.microcos.local.stepfunctions.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** The engine's JSON. */
public final class Json {

  /** The mapper that all share; making one is slow. */
  public static final ObjectMapper MAPPER = JsonMapper.builder().build();

  private static final ObjectReader STRICT =
      MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** 256 KiB: "Maximum input or output data size for a task, state, or execution". */
  public static final int MOST_BYTES = 262_144;

  private Json() {}

  /** An empty object. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** An empty array. */
  public static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  /** A value as text. */
  public static String text(JsonNode value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a value cannot be written", e);
    }
  }

  /**
   * Reads a text.
   *
   * @throws JsonProcessingException if it is no JSON value, or more than one
   */
  public static JsonNode read(String text) throws JsonProcessingException {
    return STRICT.readTree(text);
  }

  /** Reads what {@link #text} wrote. */
  public static JsonNode written(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a value cannot be read", e);
    }
  }

  /** Whether a value's text is longer than what AWS lets pass between states. */
  public static boolean tooLarge(JsonNode value) {
    return mostBytes(value) > MOST_BYTES
        && text(value).getBytes(StandardCharsets.UTF_8).length > MOST_BYTES;
  }

  /** No value has more bytes as text than this; found without writing it. */
  private static long mostBytes(JsonNode value) {
    if (value.isTextual()) {
      return 2 + 6L * value.textValue().length();
    }
    long sum = 32;
    if (value.isObject()) {
      for (var field : value.properties()) {
        sum += 4 + 6L * field.getKey().length() + mostBytes(field.getValue());
      }
    } else if (value.isArray()) {
      for (JsonNode element : value) {
        sum += 1 + mostBytes(element);
      }
    } else if (value.isNumber()) {
      sum += value.asText().length();
    }
    return sum;
  }
}
