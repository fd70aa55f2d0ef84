package dev.microcos.local.services.dynamodb;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Carries out update expressions; every right side sees the item as it was before. */
final class Updates {

  private Updates() {}

  /** The item after the update. */
  static Map<String, Value> apply(Update update, Map<String, Value> item) {
    Map<String, Value> after = new LinkedHashMap<>(item);
    for (Update.Assignment assignment : update.sets()) {
      put(after, assignment.path(), assigned(assignment, item));
    }
    for (Update.Change change : update.adds()) {
      put(after, change.path(), added(change.path().in(item), change.value()));
    }
    for (Update.Change change : update.deletes()) {
      delete(after, change, item);
    }
    // From the back, so that an index still means the element that it meant before.
    update.removes().stream()
        .sorted(Comparator.comparing(Updates::lastIndex).reversed())
        .forEach(path -> remove(after, path));
    return after;
  }

  private static Integer lastIndex(Path path) {
    return !path.steps().isEmpty() && path.steps().getLast() instanceof Path.Step.Element(int i)
        ? i
        : -1;
  }

  private static Value assigned(Update.Assignment assignment, Map<String, Value> item) {
    Value first = term(assignment.term(), item);
    Update.Term second = assignment.second();
    if (second == null) {
      return first;
    }
    BigDecimal left = number(first, assignment.sign());
    BigDecimal right = number(term(second, item), assignment.sign());
    BigDecimal result = assignment.sign() == '+' ? left.add(right) : left.subtract(right);
    return new Value.Numeric(Numbers.checked(result));
  }

  private static BigDecimal number(Value value, char sign) {
    if (value instanceof Value.Numeric numeric) {
      return numeric.number();
    }
    throw DynamoRefusal.invalid(
        "An operand in the update expression has an incorrect data type (operator " + sign + ")");
  }

  private static Value term(Update.Term term, Map<String, Value> item) {
    return switch (term) {
      case Update.Term.Literal(Value value) -> value;
      case Update.Term.At(Path path) -> there(path.in(item));
      case Update.Term.IfNotExists(Path path, Update.Term otherwise) -> {
        Value value = path.in(item);
        yield value == null ? term(otherwise, item) : value;
      }
      case Update.Term.ListAppend(Update.Term first, Update.Term second) -> {
        List<Value> joined = new ArrayList<>(elements(term(first, item)));
        joined.addAll(elements(term(second, item)));
        yield new Value.ListOf(joined);
      }
    };
  }

  private static Value there(@Nullable Value value) {
    if (value == null) {
      throw DynamoRefusal.invalid(
          "The provided expression refers to an attribute that does not exist in the item");
    }
    return value;
  }

  private static List<Value> elements(Value value) {
    if (value instanceof Value.ListOf(List<Value> values)) {
      return values;
    }
    throw DynamoRefusal.invalid("An operand in the update expression has an incorrect data type");
  }

  private static Value added(@Nullable Value old, Value change) {
    if (old == null) {
      return change;
    }
    if (old instanceof Value.Numeric(BigDecimal one)
        && change instanceof Value.Numeric(BigDecimal two)) {
      return new Value.Numeric(Numbers.checked(one.add(two)));
    }
    if (old instanceof Value.SetOf(String type, Set<Value> values)
        && change instanceof Value.SetOf(String same, Set<Value> more)
        && type.equals(same)) {
      Set<Value> union = new LinkedHashSet<>(values);
      union.addAll(more);
      return new Value.SetOf(type, union);
    }
    throw DynamoRefusal.invalid("An operand in the update expression has an incorrect data type");
  }

  private static void delete(
      Map<String, Value> after, Update.Change change, Map<String, Value> item) {
    Value old = change.path().in(item);
    if (old == null) {
      return;
    }
    if (old instanceof Value.SetOf(String type, Set<Value> values)
        && change.value() instanceof Value.SetOf(String same, Set<Value> less)
        && type.equals(same)) {
      Set<Value> rest = new LinkedHashSet<>(values);
      rest.removeAll(less);
      if (rest.isEmpty()) {
        remove(after, change.path());
      } else {
        put(after, change.path(), new Value.SetOf(type, rest));
      }
      return;
    }
    throw DynamoRefusal.invalid("An operand in the update expression has an incorrect data type");
  }

  private static void put(Map<String, Value> item, Path path, Value value) {
    if (path.steps().isEmpty()) {
      item.put(path.name(), value);
    } else {
      Value outer = item.get(path.name());
      item.put(path.name(), with(outer, path.steps(), value));
    }
  }

  /** A copy of a value with another in its place at the end of the steps. */
  private static Value with(@Nullable Value outer, List<Path.Step> steps, Value value) {
    if (steps.isEmpty()) {
      return value;
    }
    List<Path.Step> rest = steps.subList(1, steps.size());
    if (steps.getFirst() instanceof Path.Step.Member(String name)
        && outer instanceof Value.MapOf(Map<String, Value> members)) {
      Map<String, Value> copy = new LinkedHashMap<>(members);
      copy.put(name, with(copy.get(name), rest, value));
      return new Value.MapOf(copy);
    }
    if (steps.getFirst() instanceof Path.Step.Element(int index)
        && outer instanceof Value.ListOf(List<Value> elements)) {
      List<Value> copy = new ArrayList<>(elements);
      if (index < copy.size()) {
        copy.set(index, with(copy.get(index), rest, value));
      } else {
        copy.add(with(null, rest, value));
      }
      return new Value.ListOf(copy);
    }
    throw invalidPath();
  }

  private static void remove(Map<String, Value> item, Path path) {
    if (path.steps().isEmpty()) {
      item.remove(path.name());
      return;
    }
    Value outer = item.get(path.name());
    if (outer == null) {
      throw invalidPath();
    }
    item.put(path.name(), without(outer, path.steps()));
  }

  private static Value without(@Nullable Value outer, List<Path.Step> steps) {
    List<Path.Step> rest = steps.subList(1, steps.size());
    if (steps.getFirst() instanceof Path.Step.Member(String name)
        && outer instanceof Value.MapOf(Map<String, Value> members)) {
      Map<String, Value> copy = new LinkedHashMap<>(members);
      if (rest.isEmpty()) {
        copy.remove(name);
      } else {
        copy.put(name, without(copy.get(name), rest));
      }
      return new Value.MapOf(copy);
    }
    if (steps.getFirst() instanceof Path.Step.Element(int index)
        && outer instanceof Value.ListOf(List<Value> elements)) {
      List<Value> copy = new ArrayList<>(elements);
      if (index < copy.size()) {
        if (rest.isEmpty()) {
          Value _ = copy.remove(index);
        } else {
          copy.set(index, without(copy.get(index), rest));
        }
      }
      return new Value.ListOf(copy);
    }
    throw invalidPath();
  }

  private static DynamoRefusal invalidPath() {
    return DynamoRefusal.invalid(
        "The document path provided in the update expression is invalid for update");
  }
}
