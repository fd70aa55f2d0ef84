package dev.microcos.local.stepfunctions.expression;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON to JSONata's values and back. Integers stay exact as long as they fit into 64 bits, and are
 * doubles beyond, as on AWS; a JSON null is a value, undefined is Java's null.
 */
final class Values {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Values() {}

  static Object toJsonata(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> object(node);
      case ARRAY -> array(node);
      case STRING -> node.textValue();
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> number(node);
      case NULL, MISSING -> Jsonata.NULL_VALUE;
      case BINARY, POJO -> throw new IllegalArgumentException("not JSON: " + node.getNodeType());
    };
  }

  private static Map<String, Object> object(JsonNode node) {
    Map<String, Object> object = LinkedHashMap.newLinkedHashMap(node.size());
    node.properties().forEach(field -> object.put(field.getKey(), toJsonata(field.getValue())));
    return object;
  }

  private static List<Object> array(JsonNode node) {
    List<Object> array = new ArrayList<>(node.size());
    node.forEach(element -> array.add(toJsonata(element)));
    return array;
  }

  private static Number number(JsonNode node) {
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      return node.doubleValue();
    }
    if (node.canConvertToInt()) {
      return node.intValue();
    }
    return node.longValue();
  }

  /**
   * The JSON of a value; one that is no JSON inside, as a function or a regular expression, is
   * refused by null. Inside of objects and lists the library has a Java null for a null where it
   * made a copy by way of a text, and nothing for what is undefined.
   */
  static @Nullable JsonNode toJson(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text -> NODES.textNode(text);
      case Boolean truth -> NODES.booleanNode(truth);
      case Number number -> number(number);
      case Map<?, ?> map -> object(map);
      case Collection<?> collection -> array(collection);
      default -> value.equals(Jsonata.NULL_VALUE) ? NODES.nullNode() : null;
    };
  }

  private static JsonNode number(Number number) {
    return switch (number) {
      case Integer i -> NODES.numberNode(i.intValue());
      case Long l -> NODES.numberNode(l.longValue());
      case BigInteger i -> NODES.numberNode(i);
      case BigDecimal d -> NODES.numberNode(d);
      default -> real(number.doubleValue());
    };
  }

  /** JSON has no other numbers than finite ones; AWS writes those by their JavaScript names. */
  private static JsonNode real(double number) {
    return Double.isFinite(number)
        ? NODES.numberNode(number)
        : NODES.textNode(Double.toString(number));
  }

  private static @Nullable ObjectNode object(Map<?, ?> map) {
    ObjectNode object = NODES.objectNode();
    for (Map.Entry<?, ?> field : map.entrySet()) {
      JsonNode value = part(field.getValue());
      if (value == null) {
        return null;
      }
      object.set(String.valueOf(field.getKey()), value);
    }
    return object;
  }

  private static @Nullable ArrayNode array(Collection<?> collection) {
    ArrayNode array = NODES.arrayNode(collection.size());
    for (Object element : collection) {
      JsonNode value = part(element);
      if (value == null) {
        return null;
      }
      array.add(value);
    }
    return array;
  }

  private static @Nullable JsonNode part(@Nullable Object value) {
    return value == null ? NODES.nullNode() : toJson(value);
  }

  /** JSONata's word for the type of a JSON value. */
  static String type(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> "object";
      case ARRAY -> "array";
      case STRING -> "string";
      case BOOLEAN -> "boolean";
      case NUMBER -> "number";
      case NULL, MISSING, BINARY, POJO -> "null";
    };
  }
}
