package dev.microcos.local.services.dynamodb;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Attribute values on the wire: an object with the type as its one member. */
final class ValueJson {

  private static final int DEEPEST = 32;

  private ValueJson() {}

  static Map<String, Value> readItem(JsonNode node) {
    return readMap(node, 0);
  }

  static Value read(JsonNode node) {
    return read(node, 0);
  }

  private static Value read(JsonNode node, int depth) {
    if (!node.isObject() || node.size() != 1) {
      throw DynamoRefusal.invalid(
          node.isObject() && !node.isEmpty()
              ? "Supplied AttributeValue has more than one datatypes set, must contain exactly one"
                  + " of the supported datatypes"
              : "Supplied AttributeValue is empty, must contain exactly one of the supported"
                  + " datatypes");
    }
    if (depth > DEEPEST) {
      throw DynamoRefusal.invalid(
          "Nesting Levels have exceeded supported limits: Attributes have nested levels beyond"
              + " supported limit");
    }
    Map.Entry<String, JsonNode> member = node.properties().iterator().next();
    JsonNode value = member.getValue();
    return switch (member.getKey()) {
      case "S" -> new Value.Text(text(value));
      case "N" -> new Value.Numeric(Numbers.parse(text(value)));
      case "B" -> new Value.Binary(binary(value));
      case "BOOL" -> new Value.Bool(truth(value));
      case "NULL" -> readNull(value);
      case "L" -> readList(value, depth);
      case "M" -> new Value.MapOf(readMap(value, depth + 1));
      case "SS", "NS", "BS" -> readSet(member.getKey(), value);
      default ->
          throw DynamoRefusal.invalid(
              "Supplied AttributeValue is empty, must contain exactly one of the supported"
                  + " datatypes");
    };
  }

  private static Map<String, Value> readMap(JsonNode node, int depth) {
    if (!node.isObject()) {
      throw unexpected();
    }
    Map<String, Value> values = LinkedHashMap.newLinkedHashMap(node.size());
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      values.put(member.getKey(), read(member.getValue(), depth));
    }
    return values;
  }

  private static Value readList(JsonNode node, int depth) {
    if (!node.isArray()) {
      throw unexpected();
    }
    List<Value> values = new ArrayList<>(node.size());
    for (JsonNode element : node) {
      values.add(read(element, depth + 1));
    }
    return new Value.ListOf(values);
  }

  private static Value readSet(String type, JsonNode node) {
    if (!node.isArray()) {
      throw unexpected();
    }
    if (node.isEmpty()) {
      String what =
          switch (type) {
            case "SS" -> "string set ";
            case "NS" -> "number set ";
            default -> "Binary sets should not be empty";
          };
      throw DynamoRefusal.badParameter(
          type.equals("BS") ? what : "An " + what + " may not be empty");
    }
    Set<Value> values = LinkedHashSet.newLinkedHashSet(node.size());
    for (JsonNode element : node) {
      Value value =
          switch (type) {
            case "SS" -> new Value.Text(text(element));
            case "NS" -> new Value.Numeric(Numbers.parse(text(element)));
            default -> new Value.Binary(binary(element));
          };
      if (!values.add(value)) {
        throw DynamoRefusal.badParameter("Input collection " + node + " contains duplicates.");
      }
    }
    return new Value.SetOf(type, values);
  }

  private static Value readNull(JsonNode node) {
    if (!truth(node)) {
      throw DynamoRefusal.badParameter("Null attribute value types must have the value of true");
    }
    return new Value.Null();
  }

  private static String text(JsonNode node) {
    if (!node.isTextual()) {
      throw unexpected();
    }
    return node.textValue();
  }

  private static boolean truth(JsonNode node) {
    if (!node.isBoolean()) {
      throw unexpected();
    }
    return node.booleanValue();
  }

  private static byte[] binary(JsonNode node) {
    try {
      return Base64.getDecoder().decode(text(node));
    } catch (IllegalArgumentException e) {
      throw unexpected();
    }
  }

  private static DynamoRefusal unexpected() {
    return DynamoRefusal.invalid(
        "An attribute value has a type that its descriptor does not allow");
  }

  static void writeItem(JsonGenerator json, Map<String, Value> item) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, Value> attribute : item.entrySet()) {
      json.writeFieldName(attribute.getKey());
      write(json, attribute.getValue());
    }
    json.writeEndObject();
  }

  static void write(JsonGenerator json, Value value) throws IOException {
    json.writeStartObject();
    json.writeFieldName(value.type());
    switch (value) {
      case Value.Bool(boolean truth) -> json.writeBoolean(truth);
      case Value.Null() -> json.writeBoolean(true);
      case Value.MapOf(Map<String, Value> values) -> writeItem(json, values);
      case Value.ListOf(List<Value> values) -> {
        json.writeStartArray();
        for (Value element : values) {
          write(json, element);
        }
        json.writeEndArray();
      }
      case Value.SetOf(String _, Set<Value> values) -> {
        json.writeStartArray();
        for (Value element : values) {
          writeScalar(json, element);
        }
        json.writeEndArray();
      }
      case Value.Text _, Value.Numeric _, Value.Binary _ -> writeScalar(json, value);
    }
    json.writeEndObject();
  }

  private static void writeScalar(JsonGenerator json, Value value) throws IOException {
    switch (value) {
      case Value.Text(String text) -> json.writeString(text);
      case Value.Numeric numeric -> json.writeString(Numbers.format(numeric.number()));
      case Value.Binary(byte[] bytes) -> json.writeBinary(bytes);
      case Value.Bool _, Value.Null _, Value.ListOf _, Value.MapOf _, Value.SetOf _ ->
          throw new IllegalArgumentException("not a scalar: " + value.type());
    }
  }
}
