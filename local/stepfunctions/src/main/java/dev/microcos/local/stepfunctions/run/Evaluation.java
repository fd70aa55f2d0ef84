package dev.microcos.local.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.stepfunctions.json.Json;
import dev.microcos.local.stepfunctions.expression.EvaluationException;
import dev.microcos.local.stepfunctions.expression.Expressions;
import dev.microcos.local.stepfunctions.expression.Scope;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evaluates the templates of an execution's states, and checks that they give what is needed. */
final class Evaluation {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  private final Expressions expressions;
  private final Course course;
  private final String arn;

  Evaluation(Expressions expressions, Course course, String arn) {
    this.expressions = expressions;
    this.course = course;
    this.arn = arn;
  }

  /** The value of a template, or what stands for one that is not there. */
  JsonNode evaluate(String field, @Nullable JsonNode template, JsonNode otherwise, Place place)
      throws EvaluationException {
    if (template == null) {
      return otherwise;
    }
    if (!hasExpression(template)) {
      return template;
    }
    return expressions.evaluate(field, template, scope(place));
  }

  /** The variables of an Assign. */
  @Nullable Map<String, JsonNode> assigned(@Nullable JsonNode assign, Place place)
      throws EvaluationException {
    if (assign == null) {
      return null;
    }
    Map<String, JsonNode> assigned = new LinkedHashMap<>();
    for (var variable : evaluate("Assign", assign, assign, place).properties()) {
      assigned.put(variable.getKey(), variable.getValue());
    }
    return assigned;
  }

  /** A whole number of at least {@code least}, or null where the template is not there. */
  @Nullable Long number(String field, @Nullable JsonNode template, long least, Place place)
      throws EvaluationException {
    if (template == null) {
      return null;
    }
    JsonNode value = evaluate(field, template, template, place);
    if (!value.isNumber() || value.doubleValue() != Math.rint(value.doubleValue())) {
      throw unexpected(field, template, "integer", value);
    }
    if (value.longValue() < least) {
      throw new EvaluationException(
          Failure.QUERY,
          least == 0
              ? field + " cannot be negative."
              : "The " + field + " field must be a positive integer but was: " + value,
          field);
    }
    return value.longValue();
  }

  /** A percentage from 0 to 100, or null where the template is not there. */
  @Nullable Double percentage(String field, @Nullable JsonNode template, Place place)
      throws EvaluationException {
    if (template == null) {
      return null;
    }
    JsonNode value = evaluate(field, template, template, place);
    if (!value.isNumber()) {
      throw unexpected(field, template, "number", value);
    }
    double percentage = value.doubleValue();
    if (percentage < 0 || percentage > 100) {
      throw new EvaluationException(
          Failure.QUERY, field + " must be between 0 and 100.", field);
    }
    return percentage;
  }

  /** A text, or null where the template is not there. */
  @Nullable String text(String field, @Nullable JsonNode template, Place place)
      throws EvaluationException {
    if (template == null) {
      return null;
    }
    JsonNode value = evaluate(field, template, template, place);
    if (!value.isTextual()) {
      throw unexpected(field, template, "string", value);
    }
    return value.textValue();
  }

  /** Whether a condition holds. */
  boolean holds(String field, JsonNode condition, Place place) throws EvaluationException {
    JsonNode value = evaluate(field, condition, condition, place);
    if (!value.isBoolean()) {
      throw unexpected(field, condition, "boolean", value);
    }
    return value.booleanValue();
  }

  /** A refusal of a value of the wrong type, in AWS's words. */
  static EvaluationException unexpected(
      String field, JsonNode template, String expected, JsonNode value) {
    String text = template.isTextual() ? template.textValue() : Json.text(template);
    String expression =
        text.startsWith("{%") && text.endsWith("%}")
            ? text.substring(2, text.length() - 2).strip()
            : text;
    return new EvaluationException(
        Failure.QUERY,
        "The JSONata expression '"
            + expression
            + "' specified for the field '"
            + field
            + "' returned an unexpected result type. Expected '"
            + expected
            + "', but was '"
            + typeOf(value)
            + "' for value: "
            + Json.text(value),
        field);
  }

  private static String typeOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "array";
      case BOOLEAN -> "boolean";
      case NUMBER -> "number";
      case STRING -> "string";
      case NULL -> "null";
      case OBJECT, POJO, BINARY, MISSING -> "object";
    };
  }

  private static boolean hasExpression(JsonNode template) {
    if (template.isTextual()) {
      return template.textValue().startsWith("{%");
    }
    for (JsonNode part : template) {
      if (hasExpression(part)) {
        return true;
      }
    }
    return false;
  }

  private Scope scope(Place place) {
    ObjectNode states = Json.object();
    states.set("input", place.input());
    if (place.result() != null) {
      states.set("result", place.result());
    }
    if (place.errorOutput() != null) {
      states.set("errorOutput", place.errorOutput());
    }
    states.set("context", context(place));
    return new Scope(states, place.variables());
  }

  private ObjectNode context(Place place) {
    var started = course.started();
    ObjectNode context = Json.object();
    ObjectNode execution = context.putObject("Execution").put("Id", arn);
    execution.set("Input", course.input);
    execution
        .put("StartTime", time(course.startMillis))
        .put("Name", started.name())
        .put("RoleArn", started.roleArn())
        .put("RedriveCount", course.redrives);
    if (course.redrives > 0) {
      execution.put("RedriveTime", time(course.redriveMillis));
    }
    String machine = started.stateMachineArn();
    context
        .putObject("StateMachine")
        .put("Id", machine)
        .put("Name", machine.substring(machine.lastIndexOf(':') + 1));
    ObjectNode state =
        context
            .putObject("State")
            .put("Name", place.state())
            .put("EnteredTime", time(place.enteredMillis()));
    if (place.retryCount() != null) {
      state.put("RetryCount", place.retryCount());
    }
    if (place.token() != null) {
      context.putObject("Task").put("Token", place.token());
    }
    if (place.item() != null) {
      context
          .putObject("Map")
          .putObject("Item")
          .put("Index", place.itemIndex())
          .set("Value", place.item());
    }
    return context;
  }

  private static String time(long millis) {
    return TIME.format(Instant.ofEpochMilli(millis));
  }
}
