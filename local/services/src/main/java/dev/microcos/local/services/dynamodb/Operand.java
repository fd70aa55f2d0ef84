package dev.microcos.local.services.dynamodb;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a condition compares. */
sealed interface Operand {

  /** Its value for an item, or null if the item has none. */
  @Nullable Value in(Map<String, Value> item);

  /** What is at a path. */
  record At(Path path) implements Operand {
    @Override
    public @Nullable Value in(Map<String, Value> item) {
      return path.in(item);
    }
  }

  /** A value of the request. */
  record Literal(Value value) implements Operand {
    @Override
    public Value in(Map<String, Value> item) {
      return value;
    }
  }

  /** The size of what is at a path: characters, bytes or elements. */
  record Size(Path path) implements Operand {
    @Override
    public @Nullable Value in(Map<String, Value> item) {
      Value value = path.in(item);
      Integer size =
          switch (value) {
            case null -> null;
            case Value.Text(String text) -> text.codePointCount(0, text.length());
            case Value.Binary(byte[] bytes) -> bytes.length;
            case Value.ListOf(List<Value> values) -> values.size();
            case Value.MapOf(Map<String, Value> values) -> values.size();
            case Value.SetOf(String _, Set<Value> values) -> values.size();
            case Value.Numeric _, Value.Bool _, Value.Null _ -> null;
          };
      return size == null ? null : new Value.Numeric(BigDecimal.valueOf(size));
    }
  }
}
