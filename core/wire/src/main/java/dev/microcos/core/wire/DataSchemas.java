package dev.microcos.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import dev.microcos.core.wire.Schemas.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * JSON Schemas that are data themselves: what a workflow's input, an answer or a signal must fit.
 * Draft 2020-12; {@code format} is checked, and nothing outside the schema is ever fetched.
 */
public final class DataSchemas {

  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder ->
              builder.schemaRegistryConfig(
                  SchemaRegistryConfig.builder()
                      .pathType(PathType.JSON_POINTER)
                      .formatAssertionsEnabled(true)
                      .build()));

  private DataSchemas() {}

  /** What is wrong with a value; nothing if it fits. The pointers begin at the value. */
  public static List<Fault> faults(JsonNode schema, JsonNode value) {
    return REGISTRY.getSchema(schema).validate(value).stream().map(Schemas::fault).toList();
  }

  /** What is wrong with a schema; nothing if it is one that refers to itself at most. */
  public static List<Fault> faultsOf(JsonNode schema) {
    Schema meta = REGISTRY.getSchema(SchemaLocation.of(DIALECT));
    List<Fault> faults =
        new ArrayList<>(meta.validate(schema).stream().map(Schemas::fault).toList());
    references(schema, "", faults);
    return faults;
  }

  private static void references(JsonNode node, String pointer, List<Fault> faults) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String at = pointer + "/" + Schemas.escaped(field.getKey());
      String text = field.getValue().asText();
      switch (field.getKey()) {
        case "$ref", "$dynamicRef" -> {
          if (field.getValue().isTextual() && !text.startsWith("#")) {
            faults.add(new Fault(at, "may refer to a part of the same schema only"));
          }
        }
        case "$schema" -> {
          if (!text.equals(DIALECT)) {
            faults.add(new Fault(at, "must be " + DIALECT));
          }
        }
        default -> references(field.getValue(), at, faults);
      }
    }
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        references(node.get(i), pointer + "/" + i, faults);
      }
    }
  }
}
