package dev.microcos.local.cloud.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A template as it is written, nothing resolved.
 *
 * @param parameters the declarations by name
 * @param conditions the conditions by name
 * @param resources all resources, in the order of the file
 */
public record Template(
    Map<String, JsonNode> parameters, Map<String, JsonNode> conditions, List<Resource> resources) {

  /**
   * One resource as written.
   *
   * @param logicalId its name within the template
   * @param type such as {@code AWS::SQS::Queue}
   * @param condition name of the condition under which it exists, empty for always
   * @param properties unresolved
   */
  public record Resource(String logicalId, String type, String condition, JsonNode properties) {
    @Override
    public String toString() {
      return type + " (" + logicalId + ")";
    }
  }

  /** Reads a template in JSON. */
  public static Template read(InputStream json) throws IOException {
    return of(new ObjectMapper().readTree(json));
  }

  /** A template from its tree. */
  public static Template of(JsonNode tree) {
    List<Resource> resources = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : tree.path("Resources").properties()) {
      JsonNode resource = entry.getValue();
      resources.add(
          new Resource(
              entry.getKey(),
              resource.path("Type").asText(),
              resource.path("Condition").asText(),
              resource.path("Properties")));
    }
    return new Template(fields(tree, "Parameters"), fields(tree, "Conditions"), resources);
  }

  private static Map<String, JsonNode> fields(JsonNode tree, String section) {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    tree.path(section).properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
    return fields;
  }
}
