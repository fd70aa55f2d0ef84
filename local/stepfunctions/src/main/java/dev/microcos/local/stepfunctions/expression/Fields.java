package dev.microcos.local.stepfunctions.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates fields that take one type only. A value of another type, or out of its range, fails
 * with {@code States.QueryEvaluationError} and AWS's words.
 */
public final class Fields {

  private final Expressions expressions;

  /** Fields whose templates are evaluated by these. */
  public Fields(Expressions expressions) {
    this.expressions = expressions;
  }

  /** A truth value, as a Choice rule's Condition. */
  public boolean truth(String field, JsonNode template, Scope scope) throws EvaluationException {
    return typed("boolean", field, template, scope).booleanValue();
  }

  /** A text, as a Fail state's Error and Cause. */
  public String text(String field, JsonNode template, Scope scope) throws EvaluationException {
    return typed("string", field, template, scope).textValue();
  }

  /** An object, as a Task's Arguments. */
  public ObjectNode object(String field, JsonNode template, Scope scope)
      throws EvaluationException {
    return (ObjectNode) typed("object", field, template, scope);
  }

  /** An integer from {@code least} to {@code most}, as Seconds and MaxConcurrency. */
  public long integer(String field, JsonNode template, Scope scope, long least, long most)
      throws EvaluationException {
    JsonNode value = typed("number", field, template, scope);
    double number = value.doubleValue();
    if (number != Math.rint(number)) {
      throw EvaluationException.query(
          "The " + field + " field cannot be parsed as an integer: " + value, field);
    }
    return (long) within(field, value, number, least, most);
  }

  /** A number from {@code least} to {@code most}, as ToleratedFailurePercentage. */
  public double number(String field, JsonNode template, Scope scope, long least, long most)
      throws EvaluationException {
    JsonNode value = typed("number", field, template, scope);
    return within(field, value, value.doubleValue(), least, most);
  }

  private static double within(String field, JsonNode value, double number, long least, long most)
      throws EvaluationException {
    if (number < least || number > most) {
      throw EvaluationException.query(
          field + " must be between " + least + " and " + most + " but was: " + value, field);
    }
    return number;
  }

  /** A time, as Timestamp; it is written as ISO 8601 with an offset. */
  public Instant timestamp(String field, JsonNode template, Scope scope)
      throws EvaluationException {
    String text = text(field, template, scope);
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw EvaluationException.query(
          "The "
              + field
              + " field cannot be parsed as an ISO-8601 extended offset date-time format string: "
              + text,
          field);
    }
  }

  /** The items of a Map state: those of its field, or its input if it has none. */
  public ArrayNode items(@Nullable JsonNode items, JsonNode input, Scope scope)
      throws EvaluationException {
    if (items != null) {
      return (ArrayNode) typed("array", "Items", items, scope);
    }
    if (input instanceof ArrayNode array) {
      return array;
    }
    throw EvaluationException.query("Map state input must be an array but was: " + input, "");
  }

  private JsonNode typed(String type, String field, JsonNode template, Scope scope)
      throws EvaluationException {
    JsonNode value = expressions.evaluate(field, template, scope);
    String actual = Values.type(value);
    if (actual.equals(type)) {
      return value;
    }
    String where = " specified for the field '" + field + "'";
    String subject =
        Template.isExpression(template)
            ? "The JSONata expression '" + Template.source(template) + "'" + where + " returned"
            : "The value" + where + " has";
    throw EvaluationException.query(
        "%s an unexpected result type. Expected '%s', but was '%s' for value: %s"
            .formatted(subject, type, actual, value),
        field);
  }
}
