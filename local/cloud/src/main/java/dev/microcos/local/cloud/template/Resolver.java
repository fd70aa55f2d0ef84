package dev.microcos.local.cloud.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Computes the values of a template: references, attributes, {@code Fn::Join}, {@code Fn::Sub},
 * {@code Fn::Select}, {@code Fn::Split} and {@code Fn::If}. Any other function is refused by name.
 */
public final class Resolver {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

  private final Map<String, Template.Resource> resources = new HashMap<>();
  private final Map<String, String> values;
  private final Conditions conditions;
  private final Names names;

  /**
   * A resolver for one template.
   *
   * @param values of parameters and pseudo parameters ({@code AWS::Region}, …)
   * @throws TemplateException naming a parameter that has neither a value nor a default
   */
  public Resolver(Template template, Map<String, String> values, Names names) {
    this.values = new HashMap<>(values);
    this.names = names;
    template.parameters().forEach(this::addDefault);
    this.conditions = new Conditions(template.conditions(), this);
    for (Template.Resource resource : template.resources()) {
      if (resource.condition().isEmpty() || conditions.holds(resource.condition())) {
        resources.put(resource.logicalId(), resource);
      }
    }
  }

  private void addDefault(String name, JsonNode declaration) {
    if (!values.containsKey(name)) {
      if (!declaration.has("Default")) {
        throw new TemplateException("parameter " + name + " has no value");
      }
      values.put(name, declaration.get("Default").asText());
    }
  }

  /** Whether the resource exists under the template's conditions. */
  public boolean exists(Template.Resource resource) {
    return resources.containsKey(resource.logicalId());
  }

  /** The resource with this logical id. */
  public Template.Resource resource(String logicalId) {
    Template.Resource resource = resources.get(logicalId);
    if (resource == null) {
      throw new TemplateException("the template refers to " + logicalId + ", which is not there");
    }
    return resource;
  }

  /** The value of a parameter or pseudo parameter. */
  public String value(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new TemplateException("the template refers to " + name + ", which is not there");
    }
    return value;
  }

  /** The node with every function computed; missing where it is {@code AWS::NoValue}. */
  public JsonNode resolve(JsonNode node) {
    if (node instanceof ArrayNode array) {
      ArrayNode resolved = JSON.arrayNode();
      array.forEach(element -> addTo(resolved, resolve(element)));
      return resolved;
    }
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    if (object.size() == 1) {
      Map.Entry<String, JsonNode> only = object.properties().iterator().next();
      if (only.getKey().equals("Ref") || only.getKey().startsWith("Fn::")) {
        return call(only.getKey(), only.getValue());
      }
    }
    ObjectNode resolved = JSON.objectNode();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      JsonNode value = resolve(field.getValue());
      if (!value.isMissingNode()) {
        resolved.set(field.getKey(), value);
      }
    }
    return resolved;
  }

  /** The node's value as text. */
  public String text(JsonNode node) {
    JsonNode value = resolve(node);
    if (!value.isValueNode()) {
      throw new TemplateException("text is expected instead of " + node);
    }
    return value.asText();
  }

  private static void addTo(ArrayNode array, JsonNode element) {
    if (!element.isMissingNode()) {
      array.add(element);
    }
  }

  private JsonNode call(String function, JsonNode argument) {
    return switch (function) {
      case "Ref" ->
          argument.asText().equals("AWS::NoValue")
              ? MissingNode.getInstance()
              : JSON.textNode(ref(argument.asText()));
      case "Fn::GetAtt" -> JSON.textNode(attribute(argument));
      case "Fn::Join" ->
          JSON.textNode(String.join(argument.get(0).asText(), texts(argument.get(1))));
      case "Fn::Sub" -> JSON.textNode(substitute(argument));
      case "Fn::Select" ->
          JSON.textNode(texts(argument.get(1)).get(Integer.parseInt(text(argument.get(0)))));
      case "Fn::Split" -> split(text(argument.get(1)), argument.get(0).asText());
      case "Fn::If" -> resolve(argument.get(conditions.holds(argument.get(0).asText()) ? 1 : 2));
      default -> throw new TemplateException(function + " has no local counterpart");
    };
  }

  private String ref(String name) {
    Template.Resource resource = resources.get(name);
    return resource == null ? value(name) : names.ref(resource, this);
  }

  private String attribute(JsonNode argument) {
    String logicalId = argument.isArray() ? argument.get(0).asText() : before(argument.asText());
    String attribute =
        argument.isArray()
            ? text(argument.get(1))
            : argument.asText().substring(logicalId.length() + 1);
    return names.attribute(resource(logicalId), attribute, this);
  }

  private static String before(String dotted) {
    int dot = dotted.indexOf('.');
    if (dot < 1) {
      throw new TemplateException("Fn::GetAtt " + dotted + " names no attribute");
    }
    return dotted.substring(0, dot);
  }

  private List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    resolve(node).forEach(element -> texts.add(element.asText()));
    return texts;
  }

  private static ArrayNode split(String text, String separator) {
    ArrayNode parts = JSON.arrayNode();
    for (String part : text.split(Pattern.quote(separator), -1)) {
      parts.add(part);
    }
    return parts;
  }

  private String substitute(JsonNode argument) {
    JsonNode own = argument.isArray() ? argument.get(1) : JSON.objectNode();
    String pattern = argument.isArray() ? argument.get(0).asText() : argument.asText();
    return VARIABLE
        .matcher(pattern)
        .replaceAll(match -> Matcher.quoteReplacement(value(match.group(1), own)));
  }

  private String value(String variable, JsonNode own) {
    if (variable.startsWith("!")) {
      return "${" + variable.substring(1) + "}";
    }
    if (own.has(variable)) {
      return text(own.get(variable));
    }
    return variable.contains(".") ? attribute(JSON.textNode(variable)) : ref(variable);
  }
}
