package dev.microcos.local.services.sqs;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.local.services.transport.JsonRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Message attributes on the wire. */
final class MessageAttributes {

  private MessageAttributes() {}

  static Map<String, MessageAttribute> read(JsonRequest entry) {
    Optional<JsonNode> given = entry.object("MessageAttributes");
    if (given.isEmpty()) {
      return Map.of();
    }
    Map<String, MessageAttribute> attributes = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : given.get().properties()) {
      attributes.put(
          checked(field.getKey()), attribute(field.getKey(), entry.part(field.getValue())));
    }
    if (attributes.size() > 10) {
      throw SqsRefusal.invalid("Number of message attributes exceeds the allowed maximum [10].");
    }
    return attributes;
  }

  private static String checked(String name) {
    if (!name.matches("[A-Za-z0-9_\\-]+(\\.[A-Za-z0-9_\\-]+)*") || name.length() > 256) {
      throw SqsRefusal.invalid("Invalid message attribute name '" + name + "'.");
    }
    return name;
  }

  private static MessageAttribute attribute(String name, JsonRequest value) {
    value.allow(Set.of("DataType", "StringValue", "BinaryValue"));
    String type = value.text("DataType").orElse("");
    Optional<String> text = value.text("StringValue");
    Optional<String> binary = value.text("BinaryValue");
    boolean fits =
        switch (type.split("\\.", 2)[0]) {
          case "String", "Number" -> text.isPresent() && !text.get().isEmpty() && binary.isEmpty();
          case "Binary" -> binary.isPresent() && !binary.get().isEmpty() && text.isEmpty();
          default ->
              throw SqsRefusal.invalid(
                  "The type of message (user) attribute '"
                      + name
                      + "' is invalid. You must use only the following supported type prefixes:"
                      + " Binary, Number, String.");
        };
    if (!fits) {
      throw SqsRefusal.invalid(
          "The message (user) attribute '"
              + name
              + "' must contain a non-empty message attribute value for message attribute type '"
              + type
              + "'.");
    }
    return new MessageAttribute(
        type, text.orElse(null), binary.map(b -> decode(name, b)).orElse(null));
  }

  private static byte[] decode(String name, String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw SqsRefusal.invalid("The value of message attribute '" + name + "' is not Base64.");
    }
  }

  /** The bytes that count towards the limit: body, and name, type and value of each attribute. */
  static int bytes(Message message) {
    int bytes = length(message.body());
    for (Map.Entry<String, MessageAttribute> entry : message.attributes().entrySet()) {
      MessageAttribute attribute = entry.getValue();
      String text = attribute.text();
      byte[] binary = attribute.binary();
      bytes += length(entry.getKey()) + length(attribute.dataType());
      bytes += text == null ? 0 : length(text);
      bytes += binary == null ? 0 : binary.length;
    }
    return bytes;
  }

  private static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Those of the attributes that a receiver asked for: by name, by {@code prefix.*}, or all. */
  static Map<String, MessageAttribute> select(
      Map<String, MessageAttribute> all, List<String> wanted) {
    if (wanted.isEmpty() || all.isEmpty()) {
      return Map.of();
    }
    Map<String, MessageAttribute> selected = new TreeMap<>(all);
    selected.keySet().removeIf(name -> wanted.stream().noneMatch(want -> matches(want, name)));
    return selected;
  }

  private static boolean matches(String want, String name) {
    return want.equals("All")
        || want.equals(name)
        || (want.endsWith(".*") && name.startsWith(want.substring(0, want.length() - 2)));
  }

  static void write(JsonGenerator json, Map<String, MessageAttribute> attributes)
      throws IOException {
    json.writeObjectFieldStart("MessageAttributes");
    for (Map.Entry<String, MessageAttribute> entry : attributes.entrySet()) {
      json.writeObjectFieldStart(entry.getKey());
      MessageAttribute attribute = entry.getValue();
      json.writeStringField("DataType", attribute.dataType());
      byte[] binary = attribute.binary();
      if (binary == null) {
        json.writeStringField("StringValue", attribute.text());
      } else {
        json.writeBinaryField("BinaryValue", binary);
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}
