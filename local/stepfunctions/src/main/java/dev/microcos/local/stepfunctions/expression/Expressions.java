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
   * @throws EvaluationException if an expression fails or has no value
   */
  public JsonNode evaluate(JsonNode template, Scope scope) throws EvaluationException {
    if (template.isTextual() && template.textValue().startsWith("{%")) {
      return value(template.textValue(), scope);
    }
    if (template instanceof ObjectNode object) {
      ObjectNode result = JSON.createObjectNode();
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        result.set(field.getKey(), evaluate(field.getValue(), scope));
      }
      return result;
    }
    if (template instanceof ArrayNode array) {
      ArrayNode result = JSON.createArrayNode();
      for (JsonNode element : array) {
        result.add(evaluate(element, scope));
      }
      return result;
    }
    return template;
  }

  private static JsonNode value(String text, Scope scope) throws EvaluationException {
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
            "The JSONata expression '" + expression + "' returned nothing (undefined).");
      }
      return JSON.valueToTree(result);
    } catch (JException e) {
      throw new EvaluationException("States.QueryEvaluationError", String.valueOf(e.getMessage()));
    }
  }
}
