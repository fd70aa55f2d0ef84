package dev.microcos.local.services.dynamodb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Takes parts out of an item: a tree of the asked-for paths, walked beside the item. */
final class Projection {

  /** Null members mean "all of it". */
  private final Map<Object, @Nullable Projection> parts = new LinkedHashMap<>();

  private Projection() {}

  static Projection of(List<Path> paths) {
    Projection root = new Projection();
    for (Path path : paths) {
      List<Object> keys = new ArrayList<>();
      keys.add(path.name());
      for (Path.Step step : path.steps()) {
        keys.add(
            switch (step) {
              case Path.Step.Member(String name) -> name;
              case Path.Step.Element(int index) -> index;
            });
      }
      root.add(keys);
    }
    return root;
  }

  private void add(List<Object> keys) {
    Object first = keys.getFirst();
    if (keys.size() == 1) {
      parts.put(first, null);
      return;
    }
    Projection inner = parts.get(first);
    if (inner == null) {
      inner = new Projection();
      parts.put(first, inner);
    }
    inner.add(keys.subList(1, keys.size()));
  }

  Map<String, Value> of(Map<String, Value> item) {
    Map<String, Value> projected = new LinkedHashMap<>();
    parts.forEach((key, inner) -> {
      if (key instanceof String name) {
        Value part = part(item.get(name), inner);
        if (part != null) {
          projected.put(name, part);
        }
      }
    });
    return projected;
  }

  private static @Nullable Value part(@Nullable Value value, @Nullable Projection inner) {
    if (value == null || inner == null) {
      return value;
    }
    return switch (value) {
      case Value.MapOf(Map<String, Value> members) -> {
        Map<String, Value> projected = inner.of(members);
        yield projected.isEmpty() ? null : new Value.MapOf(projected);
      }
      case Value.ListOf(List<Value> elements) -> inner.elements(elements);
      case Value.Text _,
          Value.Numeric _,
          Value.Binary _,
          Value.Bool _,
          Value.Null _,
          Value.SetOf _ ->
          null;
    };
  }

  private @Nullable Value elements(List<Value> elements) {
    Map<Integer, Value> projected = new TreeMap<>();
    parts.forEach((key, inner) -> {
      if (key instanceof Integer index && index < elements.size()) {
        Value part = part(elements.get(index), inner);
        if (part != null) {
          projected.put(index, part);
        }
      }
    });
    return projected.isEmpty() ? null : new Value.ListOf(new ArrayList<>(projected.values()));
  }
}
