package dev.microcos.local.stepfunctions.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An object of a definition while it is read: each field is asked for by name, and what nobody
 * asked for is a fault. A field that is wrong gives a fault and a value to go on with.
 */
final class Element {

  private static final int MOST_SECONDS = 99_999_999;

  private final String path;
  private final JsonNode object;
  private final Faults faults;
  private final Set<String> known = new HashSet<>();
  private final Set<String> missing = new TreeSet<>();

  /** An object at this path; anything else is a fault, and read as an empty one. */
  Element(String path, JsonNode object, Faults faults) {
    this.path = path;
    this.faults = faults;
    if (object.isObject()) {
      this.object = object;
    } else {
      this.object = JsonNodeFactory.instance.objectNode();
      faults.schema(shown(path), "Expected value of type [OBJECT]");
    }
  }

  /** A whole definition has no path, but its faults are at the slash. */
  private static String shown(String path) {
    return path.isEmpty() ? "/" : path;
  }

  String path() {
    return path;
  }

  String path(String field) {
    return path + "/" + field;
  }

  /** A fault of this object as a whole. */
  void fault(String detail) {
    faults.schema(shown(path), detail);
  }

  void fault(String field, String detail) {
    faults.schema(path(field), detail);
  }

  /** The field's value, if it is there. */
  @Nullable JsonNode get(String field) {
    known.add(field);
    return object.get(field);
  }

  boolean has(String field) {
    return object.has(field);
  }

  /** The field's value; it is a fault if it is missing. */
  JsonNode require(String field) {
    JsonNode value = get(field);
    if (value == null) {
      missing.add(field);
      return JsonNodeFactory.instance.missingNode();
    }
    return value;
  }

  @Nullable String text(String field) {
    JsonNode value = get(field);
    return value == null ? null : text(field, value);
  }

  String requireText(String field) {
    JsonNode value = require(field);
    return value.isMissingNode() ? "" : text(field, value);
  }

  private String text(String field, JsonNode value) {
    if (!value.isTextual()) {
      fault(field, "Expected value of type [STRING]");
    } else if (value.textValue().isEmpty() && !field.equals("Comment")) {
      fault(field, "Value cannot be empty");
    }
    return value.isTextual() ? value.textValue() : "";
  }

  /** A text that is one of these. */
  @Nullable String oneOf(String field, List<String> values) {
    String text = text(field);
    if (text != null && !text.isEmpty() && !values.contains(text)) {
      fault(field, "Value should be one of the following: " + values);
    }
    return text;
  }

  int seconds(String field, int least, int otherwise) {
    Integer seconds = integer(field, least, MOST_SECONDS);
    return seconds == null ? otherwise : seconds;
  }

  @Nullable Integer integer(String field, int least, int most) {
    JsonNode value = get(field);
    if (value == null) {
      return null;
    }
    if (!isWithin(value, least, most) || value.doubleValue() != Math.rint(value.doubleValue())) {
      fault(field, "Expected an integer from " + least + " to " + most);
      return least;
    }
    return value.intValue();
  }

  static boolean isWithin(JsonNode value, double least, double most) {
    return value.isNumber() && value.doubleValue() >= least && value.doubleValue() <= most;
  }

  /** The objects of a list, none if it is missing. */
  List<Element> elements(String field) {
    JsonNode value = get(field);
    List<Element> elements = new ArrayList<>();
    if (value == null) {
      return elements;
    }
    if (!value.isArray()) {
      fault(field, "Expected value of type [ARRAY]");
    }
    for (int i = 0; i < value.size() && value.isArray(); i++) {
      elements.add(new Element(path(field) + "[" + i + "]", value.get(i), faults));
    }
    return elements;
  }

  /** The objects of a list that must be there with at least one. */
  List<Element> requireElements(String field) {
    JsonNode value = require(field);
    if (value.isArray() && value.isEmpty()) {
      fault(field, "Value cannot be empty");
    }
    return value.isMissingNode() ? List.of() : elements(field);
  }

  Element requireElement(String field) {
    JsonNode value = require(field);
    return new Element(
        path(field), value.isMissingNode() ? JsonNodeFactory.instance.objectNode() : value, faults);
  }

  JsonNode object() {
    return object;
  }

  /** Ends the reading: what is missing, and what is too much. */
  void finish(Language language) {
    if (!missing.isEmpty()) {
      // AWS names them as [States, StartAt]; the order is not told.
      fault("These fields are required: " + new ArrayList<>(missing).reversed());
    }
    for (var field : object.properties()) {
      if (!known.contains(field.getKey())) {
        fault(language.refusal(field.getKey()));
      }
    }
  }
}
