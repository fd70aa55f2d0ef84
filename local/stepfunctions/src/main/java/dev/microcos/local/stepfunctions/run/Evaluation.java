package dev.microcos.local.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.stepfunctions.expression.EvaluationException;
import dev.microcos.local.stepfunctions.expression.Expressions;
import dev.microcos.local.stepfunctions.expression.Fields;
import dev.microcos.local.stepfunctions.expression.Scope;
import dev.microcos.local.stepfunctions.expression.Template;
import dev.microcos.local.stepfunctions.json.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evaluates the templates of an execution's states, and checks that they give what is needed. */
final class Evaluation {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  private static final Scope NOTHING = new Scope(Json.object(), Map.of());

  /** 99999999: the largest number of seconds that AWS takes. */
  private static final long LARGEST = 99_999_999;

  private final Expressions expressions;
  private final Fields fields;
  private final Course course;
  private final String arn;

  Evaluation(Expressions expressions, Course course, String arn) {
    this.expressions = expressions;
    this.fields = new Fields(expressions);
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
    return template == null
        ? null
        : fields.integer(field, template, scope(template, place), least, LARGEST);
  }

  /** A percentage from 0 to 100, or null where the template is not there. */
  @Nullable Double percentage(String field, @Nullable JsonNode template, Place place)
      throws EvaluationException {
    return template == null ? null : fields.number(field, template, scope(template, place), 0, 100);
  }

  /** A text, or null where the template is not there. */
  @Nullable String text(String field, @Nullable JsonNode template, Place place)
      throws EvaluationException {
    return template == null ? null : fields.text(field, template, scope(template, place));
  }

  /** A time, in milliseconds since 1970. */
  long timestamp(String field, JsonNode template, Place place) throws EvaluationException {
    return fields.timestamp(field, template, scope(template, place)).toEpochMilli();
  }

  /** Whether a condition holds. */
  boolean holds(String field, JsonNode condition, Place place) throws EvaluationException {
    return fields.truth(field, condition, scope(condition, place));
  }

  /** The items of a Map state. */
  List<JsonNode> items(@Nullable JsonNode template, Place place) throws EvaluationException {
    List<JsonNode> items = new ArrayList<>();
    fields
        .items(template, place.input(), template == null ? NOTHING : scope(template, place))
        .forEach(items::add);
    return items;
  }

  private static boolean hasExpression(JsonNode template) {
    if (template.isTextual()) {
      return Template.isExpression(template);
    }
    for (JsonNode part : template) {
      if (hasExpression(part)) {
        return true;
      }
    }
    return false;
  }

  private Scope scope(JsonNode template, Place place) {
    return hasExpression(template) ? scope(place) : NOTHING;
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
