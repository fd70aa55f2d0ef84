package dev.microcos.local.stepfunctions.expression;

import static com.dashjoin.jsonata.Jsonata.jsonata;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Evaluates the expressions of a JSON template. */
public final class Expressions {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The template with each string {@code {% … %}} in it replaced by its value.
   *
   * @param field the field that the template is the value of, as {@code Output}; failures name it
   * @throws EvaluationException if an expression fails or has no value
   */
  public JsonNode evaluate(String field, JsonNode template, Scope scope)
      throws EvaluationException {
    if (template.isTextual() && template.textValue().startsWith("{%")) {
      return value(field, template.textValue(), scope);
    }
    if (template instanceof ObjectNode object) {
      ObjectNode result = JSON.createObjectNode();
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        result.set(entry.getKey(), evaluate(field + "/" + entry.getKey(), entry.getValue(), scope));
      }
      return result;
    }
    if (template instanceof ArrayNode array) {
      ArrayNode result = JSON.createArrayNode();
      for (int i = 0; i < array.size(); i++) {
        result.add(evaluate(field + "[" + i + "]", array.get(i), scope));
      }
      return result;
    }
    return template;
  }

  private static JsonNode value(String field, String text, Scope scope) throws EvaluationException {
    String expression = text.substring(2, text.length() - 2).strip();
    try {
      Jsonata jsonata = jsonata(expression);
      Jsonata.Frame frame = jsonata.createFrame();
      frame.bind("states", JSON.convertValue(scope.states(), Object.class));
      scope
          .variables()
          .forEach((name, value) -> frame.bind(name, JSON.convertValue(value, Object.class)));
      Object result = jsonata.evaluate(null, frame);
      if (result == null) {
        throw new EvaluationException(
            "States.QueryEvaluationError",
            "The JSONata expression '"
                + expression
                + "' specified for the field '"
                + field
                + "' returned nothing (undefined).",
            field);
      }
      return JSON.valueToTree(result);
    } catch (JException e) {
      throw new EvaluationException(
          "States.QueryEvaluationError", String.valueOf(e.getMessage()), field);
    }
  }
}
