package dev.microcos.local.cloud.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The conditions of a template. */
final class Conditions {
  private final Map<String, JsonNode> byName;
  private final Resolver resolver;

  Conditions(Map<String, JsonNode> byName, Resolver resolver) {
    this.byName = byName;
    this.resolver = resolver;
  }

  /**
   * Whether a condition holds.
   *
   * @throws TemplateException if there is none of that name, or it uses an unknown function
   */
  boolean holds(String name) {
    JsonNode condition = byName.get(name);
    if (condition == null) {
      throw new TemplateException(
          "the template uses the condition " + name + ", which is not there");
    }
    return holds(condition);
  }

  private boolean holds(JsonNode condition) {
    Map.Entry<String, JsonNode> only = condition.properties().iterator().next();
    JsonNode arguments = only.getValue();
    return switch (only.getKey()) {
      case "Condition" -> holds(arguments.asText());
      case "Fn::Equals" -> resolver.text(arguments.get(0)).equals(resolver.text(arguments.get(1)));
      case "Fn::Not" -> !holds(arguments.get(0));
      case "Fn::And" -> StreamSupport.stream(arguments.spliterator(), false).allMatch(this::holds);
      case "Fn::Or" -> StreamSupport.stream(arguments.spliterator(), false).anyMatch(this::holds);
      default ->
          throw new TemplateException(
              "the condition " + only.getKey() + " has no local counterpart");
    };
  }
}
