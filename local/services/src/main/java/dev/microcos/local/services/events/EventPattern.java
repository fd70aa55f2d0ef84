package dev.microcos.local.services.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Set;

/**
 * A rule's pattern: each of its fields must match the event's. The values of a field are
 * alternatives: a value that is equal, or one of {@code prefix}, {@code suffix}, {@code exists},
 * {@code anything-but}, {@code equals-ignore-case}.
 */
public final class EventPattern {

  private static final Set<String> MATCHERS =
      Set.of("prefix", "suffix", "exists", "anything-but", "equals-ignore-case");

  private final JsonNode pattern;

  /**
   * A pattern.
   *
   * @throws IllegalArgumentException naming what is not supported here
   */
  public EventPattern(JsonNode pattern) {
    check(pattern);
    this.pattern = pattern;
  }

  private static void check(JsonNode pattern) {
    if (!pattern.isObject()) {
      throw new IllegalArgumentException("a pattern must be an object instead of " + pattern);
    }
    for (var field : pattern.properties()) {
      if (field.getValue().isArray()) {
        field.getValue().forEach(EventPattern::checkAlternative);
      } else {
        check(field.getValue());
      }
    }
  }

  private static void checkAlternative(JsonNode alternative) {
    alternative
        .fieldNames()
        .forEachRemaining(name -> {
          if (!MATCHERS.contains(name)) {
            throw new IllegalArgumentException("the matcher " + name + " is not supported here");
          }
        });
  }

  /** Whether the event matches. */
  public boolean matches(JsonNode event) {
    return matches(pattern, event);
  }

  private static boolean matches(JsonNode pattern, JsonNode event) {
    for (var field : pattern.properties()) {
      JsonNode value = event.path(field.getKey());
      boolean matched =
          field.getValue().isObject()
              ? matches(field.getValue(), value)
              : anyMatches(field.getValue(), value);
      if (!matched) {
        return false;
      }
    }
    return true;
  }

  private static boolean anyMatches(JsonNode alternatives, JsonNode value) {
    for (JsonNode alternative : alternatives) {
      if (value.isArray() && !alternative.has("exists")) {
        for (JsonNode element : value) {
          if (alternativeMatches(alternative, element)) {
            return true;
          }
        }
      } else if (alternativeMatches(alternative, value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean alternativeMatches(JsonNode alternative, JsonNode value) {
    if (!alternative.isObject()) {
      return alternative.equals(value);
    }
    for (var matcher : alternative.properties()) {
      JsonNode wanted = matcher.getValue();
      boolean matched =
          switch (matcher.getKey()) {
            case "prefix" -> value.isTextual() && value.asText().startsWith(wanted.asText());
            case "suffix" -> value.isTextual() && value.asText().endsWith(wanted.asText());
            case "equals-ignore-case" -> value.asText().equalsIgnoreCase(wanted.asText());
            case "exists" -> wanted.asBoolean() != (value instanceof MissingNode);
            default -> !(value instanceof MissingNode) && !isAmong(wanted, value);
          };
      if (!matched) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAmong(JsonNode wanted, JsonNode value) {
    if (!wanted.isArray()) {
      return wanted.equals(value);
    }
    for (JsonNode each : wanted) {
      if (each.equals(value)) {
        return true;
      }
    }
    return false;
  }
}
