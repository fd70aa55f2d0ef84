package dev.microcos.local.services.dynamodb;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Evaluates conditions. A comparison with what is not there, or has another type, is false. */
final class Conditions {

  private Conditions() {}

  static boolean holds(Condition condition, Map<String, Value> item) {
    return switch (condition) {
      case Condition.And(Condition left, Condition right) ->
          holds(left, item) && holds(right, item);
      case Condition.Or(Condition left, Condition right) -> holds(left, item) || holds(right, item);
      case Condition.Not(Condition inner) -> !holds(inner, item);
      case Condition.Compare(Operand left, Condition.Comparator comparator, Operand right) ->
          compares(left.in(item), comparator, right.in(item));
      case Condition.Between(Operand operand, Operand low, Operand high) ->
          compares(operand.in(item), Condition.Comparator.GREATER_OR_EQUAL, low.in(item))
              && compares(operand.in(item), Condition.Comparator.LESS_OR_EQUAL, high.in(item));
      case Condition.In(Operand operand, List<Operand> choices) ->
          isIn(operand.in(item), choices, item);
      case Condition.Exists(Path path, boolean wanted) -> (path.in(item) != null) == wanted;
      case Condition.OfType(Path path, Operand type) -> ofType(path.in(item), type.in(item));
      case Condition.BeginsWith(Operand operand, Operand prefix) ->
          beginsWith(operand.in(item), prefix.in(item));
      case Condition.Contains(Operand operand, Operand part) ->
          contains(operand.in(item), part.in(item));
    };
  }

  private static boolean compares(
      @Nullable Value left, Condition.Comparator comparator, @Nullable Value right) {
    if (comparator == Condition.Comparator.NOT_EQUAL) {
      return left == null || !left.equals(right);
    }
    if (left == null || right == null) {
      return false;
    }
    if (comparator == Condition.Comparator.EQUAL) {
      return left.equals(right);
    }
    if (!left.type().equals(right.type()) || !isOrdered(left)) {
      return false;
    }
    int order = Arrays.compareUnsigned(KeyBytes.of(left), KeyBytes.of(right));
    return switch (comparator) {
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
      case EQUAL, NOT_EQUAL -> throw new IllegalStateException("compared already");
    };
  }

  static boolean isOrdered(Value value) {
    return value instanceof Value.Text
        || value instanceof Value.Numeric
        || value instanceof Value.Binary;
  }

  private static boolean isIn(
      @Nullable Value value, List<Operand> choices, Map<String, Value> item) {
    return value != null && choices.stream().anyMatch(choice -> value.equals(choice.in(item)));
  }

  private static boolean ofType(@Nullable Value value, @Nullable Value type) {
    return value != null && type instanceof Value.Text(String name) && value.type().equals(name);
  }

  private static boolean beginsWith(@Nullable Value value, @Nullable Value prefix) {
    if (value instanceof Value.Text(String text) && prefix instanceof Value.Text(String start)) {
      return text.startsWith(start);
    }
    return value instanceof Value.Binary(byte[] bytes)
        && prefix instanceof Value.Binary(byte[] start)
        && bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }

  private static boolean contains(@Nullable Value value, @Nullable Value part) {
    return switch (value) {
      case Value.Text(String text) -> part instanceof Value.Text(String in) && text.contains(in);
      case Value.SetOf(String _, Set<Value> values) -> part != null && values.contains(part);
      case Value.ListOf(List<Value> values) -> part != null && values.contains(part);
      case Value.Binary(byte[] bytes) ->
          part instanceof Value.Binary(byte[] in) && indexOf(bytes, in) >= 0;
      case null -> false;
      case Value.Numeric _, Value.Bool _, Value.Null _, Value.MapOf _ -> false;
    };
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (int i = 0; i + part.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    return -1;
  }
}
