package dev.microcos.local.services.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.local.services.transport.JsonRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The names and values that the expressions of a request stand in for; each must be used. */
final class Placeholders {

  private final Map<String, String> names = new HashMap<>();
  private final Map<String, Value> values = new HashMap<>();
  private final Set<String> unused = new TreeSet<>();

  Placeholders(JsonRequest request) {
    for (Map.Entry<String, JsonNode> member : given(request, "ExpressionAttributeNames", '#')) {
      names.put(member.getKey(), member.getValue().asText());
    }
    for (Map.Entry<String, JsonNode> member : given(request, "ExpressionAttributeValues", ':')) {
      values.put(member.getKey(), ValueJson.read(member.getValue()));
    }
    unused.addAll(names.keySet());
    unused.addAll(values.keySet());
  }

  private static Set<Map.Entry<String, JsonNode>> given(
      JsonRequest request, String parameter, char first) {
    Optional<JsonNode> map = request.object(parameter);
    if (map.isEmpty()) {
      return Set.of();
    }
    if (map.get().isEmpty()) {
      throw DynamoRefusal.invalid(parameter + " must not be empty");
    }
    map.get()
        .fieldNames()
        .forEachRemaining(key -> {
          if (key.length() < 2 || key.charAt(0) != first) {
            throw DynamoRefusal.invalid(
                parameter + " contains invalid key: Syntax error; key: \"" + key + "\"");
          }
        });
    return map.get().properties();
  }

  String name(String placeholder, String expression) {
    String name = names.get(placeholder);
    if (name == null) {
      throw DynamoRefusal.invalid(
          "Invalid "
              + expression
              + ": An expression attribute name used in the document path is not defined; attribute"
              + " name: "
              + placeholder);
    }
    unused.remove(placeholder);
    return name;
  }

  Value value(String placeholder, String expression) {
    Value value = values.get(placeholder);
    if (value == null) {
      throw DynamoRefusal.invalid(
          "Invalid "
              + expression
              + ": An expression attribute value used in expression is not defined; attribute"
              + " value: "
              + placeholder);
    }
    unused.remove(placeholder);
    return value;
  }

  /** Refuses what no expression used. */
  void checkUsed(boolean anyExpression) {
    if (unused.isEmpty()) {
      return;
    }
    String what =
        unused.stream().anyMatch(key -> key.startsWith("#"))
            ? "ExpressionAttributeNames"
            : "ExpressionAttributeValues";
    if (!anyExpression) {
      throw DynamoRefusal.invalid(what + " can only be specified when using expressions");
    }
    String sign = what.endsWith("Names") ? "#" : ":";
    throw DynamoRefusal.invalid(
        "Value provided in "
            + what
            + " unused in expressions: keys: {"
            + String.join(", ", unused.stream().filter(key -> key.startsWith(sign)).toList())
            + "}");
  }
}
