package dev.microcos.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The JSON Schemas of {@code events/}, which say what may come in. */
public final class Schemas {

  private static final String ROOT = "classpath:dev/microcos/events/";

  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder ->
              builder.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().pathType(PathType.JSON_POINTER).build()));
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  /**
   * Checks a value.
   *
   * @param schema path below {@code events/} without {@code .schema.json}, {@code
   *     api/requests/post-task}
   * @return what is wrong, nothing if it fits
   */
  public List<Fault> faults(String schema, JsonNode value) {
    List<Error> errors = schema(schema).validate(value);
    List<Fault> faults = new ArrayList<>(errors.size());
    for (Error error : errors) {
      faults.add(
          examples(error)
              .map(examples -> new Fault(fault(error).pointer(), "must be like " + examples))
              .orElseGet(() -> fault(error)));
    }
    return faults;
  }

  /** What the schema shows in place of a pattern that few people could read. */
  private Optional<String> examples(Error error) {
    if (!error.getKeyword().equals("pattern")) {
      return Optional.empty();
    }
    String keyword = error.getSchemaLocation().toString();
    JsonNode examples =
        registry
            .getSchema(SchemaLocation.of(keyword.substring(0, keyword.lastIndexOf('/'))))
            .getSchemaNode()
            .path("examples");
    return examples.isEmpty()
        ? Optional.empty()
        : Optional.of(
            examples.valueStream().map(JsonNode::asText).collect(Collectors.joining(" or ")));
  }

  private Schema schema(String name) {
    return schemas.computeIfAbsent(
        name, path -> registry.getSchema(SchemaLocation.of(ROOT + path + ".schema.json")));
  }

  static Fault fault(Error error) {
    String pointer = error.getInstanceLocation().toString();
    String property = error.getProperty();
    boolean names = property != null && !property.isEmpty();
    return new Fault(names ? pointer + "/" + escaped(property) : pointer, detail(error));
  }

  /** What is wrong, without the value itself: that may be personal. */
  private static String detail(Error error) {
    Object[] arguments = error.getArguments();
    String argument =
        arguments == null || arguments.length == 0 ? "" : String.valueOf(arguments[0]);
    return switch (error.getKeyword()) {
      case "required" -> "is required";
      case "additionalProperties" -> "is not known here";
      case "type" -> "must be of type " + arguments[1];
      case "minLength" -> "is shorter than " + argument;
      case "maxLength" -> "is longer than " + argument + " characters";
      case "minProperties" -> "needs at least one field to change";
      case "enum" -> "must be one of " + argument;
      case "pattern" -> argument.equals("\\S") ? "must not be blank" : "must match " + argument;
      case "const" -> "must be " + argument;
      case "format" -> "is no " + argument;
      case "minimum" -> "must be at least " + argument;
      case "exclusiveMinimum" -> "must be more than " + argument;
      case "maximum" -> "must be at most " + argument;
      case "exclusiveMaximum" -> "must be less than " + argument;
      case "minItems" -> "must have at least " + argument + " items";
      case "maxItems" -> "must have at most " + argument + " items";
      default -> "does not fit (" + error.getKeyword() + ")";
    };
  }

  /** A name as a part of a JSON Pointer. */
  static String escaped(String property) {
    return property.replace("~", "~0").replace("/", "~1");
  }

  /**
   * One thing that is wrong.
   *
   * @param pointer JSON Pointer (RFC 6901) of the field
   * @param detail what is wrong with it
   */
  public record Fault(String pointer, String detail) {}
}
