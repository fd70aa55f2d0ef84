package dev.microcos.local.services.dynamodb;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document path: an attribute's name and the steps into it.
 *
 * @param name of the top-level attribute
 */
record Path(String name, List<Step> steps) {

  /** A step into a map or a list. */
  sealed interface Step {
    /** To a map's member. */
    record Member(String name) implements Step {}

    /** To a list's element. */
    record Element(int index) implements Step {}
  }

  /** The value there, or null. */
  @Nullable Value in(Map<String, Value> item) {
    Value value = item.get(name);
    for (Step step : steps) {
      value = into(value, step);
    }
    return value;
  }

  static @Nullable Value into(@Nullable Value value, Step step) {
    return switch (step) {
      case Step.Member(String member) ->
          value instanceof Value.MapOf(Map<String, Value> values) ? values.get(member) : null;
      case Step.Element(int index) ->
          value instanceof Value.ListOf(List<Value> values) && index < values.size()
              ? values.get(index)
              : null;
    };
  }

  /** Whether one of two paths leads through the other, or they are the same. */
  boolean overlaps(Path other) {
    int shared = Math.min(steps.size(), other.steps.size());
    return name.equals(other.name)
        && steps.subList(0, shared).equals(other.steps.subList(0, shared));
  }
}
