package dev.microcos.local.stepfunctions.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.local.stepfunctions.expression.References;
import dev.microcos.local.stepfunctions.expression.SyntaxException;
import dev.microcos.local.stepfunctions.expression.Template;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a state that take expressions, and checks each expression in them. */
final class Templates {

  /** What {@code $states} has while a state begins. */
  static final Set<String> BEFORE = Set.of("input", "context");

  /** What {@code $states} has when a Task, Parallel or Map state has done its work. */
  static final Set<String> AFTER = Set.of("input", "context", "result");

  /** What {@code $states} has in a catcher. */
  static final Set<String> CAUGHT = Set.of("input", "context", "errorOutput");

  private final Faults faults;

  Templates(Faults faults) {
    this.faults = faults;
  }

  /** Any JSON, with expressions in it. */
  @Nullable JsonNode any(Element element, String field, Set<String> states) {
    JsonNode value = element.get(field);
    if (value != null) {
      check(element.path(field), value, states);
    }
    return value;
  }

  /** An object with expressions in it, or one expression. */
  @Nullable JsonNode object(Element element, String field, Set<String> states) {
    JsonNode value = any(element, field, states);
    if (value != null && !value.isObject() && !Template.isExpression(value)) {
      element.fault(field, "Expected an object or a JSONata expression");
    }
    return value;
  }

  /** A list with expressions in it, or one expression. */
  @Nullable JsonNode array(Element element, String field, Set<String> states) {
    JsonNode value = any(element, field, states);
    if (value != null && !value.isArray() && !Template.isExpression(value)) {
      element.fault(field, "Expected an array or a JSONata expression");
    }
    return value;
  }

  /** A text, which may be an expression. */
  @Nullable JsonNode text(Element element, String field) {
    JsonNode value = any(element, field, BEFORE);
    if (value != null && !value.isTextual()) {
      element.fault(field, "Expected value of type [STRING]");
    }
    return value;
  }

  /** A truth value or an expression. */
  JsonNode truth(Element element, String field) {
    JsonNode value = element.require(field);
    if (!value.isMissingNode()) {
      check(element.path(field), value, BEFORE);
      if (!value.isBoolean() && !Template.isExpression(value)) {
        element.fault(field, "Expected a boolean or a JSONata expression");
      }
    }
    return value;
  }

  /** An integer of this range or an expression. */
  @Nullable JsonNode integer(Element element, String field, int least, int most) {
    JsonNode value = number(element, field, least, most);
    if (value != null
        && Element.isWithin(value, least, most)
        && value.doubleValue() != Math.rint(value.doubleValue())) {
      element.fault(field, "Expected an integer or a JSONata expression");
    }
    return value;
  }

  /** A number of this range or an expression. */
  @Nullable JsonNode number(Element element, String field, int least, int most) {
    JsonNode value = any(element, field, BEFORE);
    if (value != null && !Template.isExpression(value) && !Element.isWithin(value, least, most)) {
      element.fault(
          field, "Expected a number from " + least + " to " + most + " or a JSONata expression");
    }
    return value;
  }

  private void check(String path, JsonNode template, Set<String> states) {
    if (template.isTextual()) {
      checkText(path, template, states);
    }
    for (int i = 0; i < template.size() && template.isArray(); i++) {
      check(path + "[" + i + "]", template.get(i), states);
    }
    for (var field : template.properties()) {
      check(path + "/" + field.getKey(), field.getValue(), states);
    }
  }

  private void checkText(String path, JsonNode text, Set<String> states) {
    if (Template.isMalformed(text.textValue())) {
      faults.add(
          Fault.UNREADABLE_EXPRESSION,
          path,
          "A JSONata expression begins with '{%' and ends with '%}'");
    } else if (Template.isExpression(text)) {
      checkExpression(path, Template.source(text), states);
    }
  }

  private void checkExpression(String path, String source, Set<String> states) {
    try {
      References references = References.of(source);
      for (String reason : references.unsupported()) {
        faults.add(Fault.UNSUPPORTED_EXPRESSION, path, reason);
      }
      for (String field : references.statesFields()) {
        if (!states.contains(field)) {
          faults.add(
              Fault.UNSUPPORTED_EXPRESSION, path, "Field '$states." + field + "' does not exist.");
        }
      }
    } catch (SyntaxException e) {
      faults.add(Fault.UNREADABLE_EXPRESSION, path, e.text());
    }
  }
}
