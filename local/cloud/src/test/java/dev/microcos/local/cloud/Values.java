package dev.microcos.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values that fit their schema, made from nothing but the schema and a seed. */
final class Values {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern ID = Pattern.compile("\\^\\(?([a-z]+)(\\|[a-z]+)*\\)?_\\[0-9a-f].*");
  private static final String ZONE = "^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}$";

  private final Random random;
  private final String word;

  /** Each time of a value is later than those before it: what ends has begun. */
  private int times;

  /**
   * Values.
   *
   * @param word stands in each text that may be any
   */
  Values(Random random, String word) {
    this.random = random;
    this.word = word;
  }

  /** A value that fits; of an object, each field that need not be there is there or not. */
  JsonNode fitting(JsonNode schema) {
    return value(Documents.resolved(schema), false);
  }

  /** A value that fits, with every field that there can be. */
  JsonNode whole(JsonNode schema) {
    return value(Documents.resolved(schema), true);
  }

  private JsonNode value(ObjectNode schema, boolean whole) {
    if (schema.has("const")) {
      return schema.path("const");
    }
    if (schema.has("enum")) {
      return schema.path("enum").get(random.nextInt(schema.path("enum").size()));
    }
    JsonNode type = schema.path("type").isArray() ? schema.at("/type/0") : schema.path("type");
    return switch (type.asText()) {
      case "object" -> object(schema, whole);
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      case "integer" -> JSON.numberNode(schema.path("minimum").asInt() + random.nextInt(3));
      case "number" -> JSON.numberNode(schema.path("maximum").asDouble(9) * random.nextDouble());
      case "string", "" -> JSON.textNode(text(schema));
      default -> throw new AssertionError("say here what fits " + schema);
    };
  }

  private ObjectNode object(ObjectNode schema, boolean whole) {
    ObjectNode object = JSON.objectNode();
    schema
        .path("properties")
        .properties()
        .forEach(field -> {
          boolean required = schema.path("required").toString().contains(quoted(field.getKey()));
          if (required || whole || random.nextBoolean()) {
            object.set(field.getKey(), value(Documents.resolved(field.getValue()), whole));
          }
        });
    if (schema.path("additionalProperties").isObject()) {
      object.set("seat", value(Documents.resolved(schema.path("additionalProperties")), whole));
    }
    return object.size() < least(schema, object) ? object(schema, true) : object;
  }

  /** How many fields an object has at least, some schemas asking for more where one is there. */
  private static int least(ObjectNode schema, ObjectNode object) {
    String known = schema.at("/if/required/0").asText();
    JsonNode says = object.has(known) ? schema.path("then") : schema;
    return says.path("minProperties").asInt();
  }

  private String text(ObjectNode schema) {
    String pattern = schema.path("pattern").asText();
    Matcher id = ID.matcher(pattern);
    if (id.matches()) {
      return id.group(1) + "_" + new UUID(random.nextLong(), random.nextLong());
    }
    return switch (pattern) {
      case "", "\\S" -> word + random.nextInt(1_000_000);
      case "^[!-~]([ -~]*[!-~])?$" -> "action " + random.nextLong();
      case "^[a-z0-9][a-z0-9-]{0,63}$" -> "talk-" + random.nextInt(100);
      case "^([01][0-9]|2[0-3]):[0-5][0-9]$" -> "0%d:%d7".formatted(1 + random.nextInt(8), 3);
      case "^[a-z][a-z0-9_.]{0,63}$" -> "thing_" + random.nextInt(100);
      case "^(at|rate|cron)\\(.{1,200}\\)$" -> "rate(%d days)".formatted(2 + random.nextInt(9));
      case ZONE -> random.nextBoolean() ? "Antarctica/Troll" : "Pacific/Chatham";
      default -> {
        if (pattern.startsWith("^[0-9]{4}-(0[1-9]")) {
          yield "20%d-07-1%dT03:17:43Z".formatted(31 + times++ % 60, random.nextInt(10));
        }
        throw new AssertionError("say here what fits " + pattern);
      }
    };
  }

  private static String quoted(String name) {
    return '"' + name + '"';
  }
}
