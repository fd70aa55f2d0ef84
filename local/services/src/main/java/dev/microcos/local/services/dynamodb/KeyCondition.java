package dev.microcos.local.services.dynamodb;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of a table that a Query asks for.
 *
 * @param hashValue the hash key's value
 * @param low the least range key, or null
 * @param high the greatest range key, or null
 */
record KeyCondition(
    Value hashValue,
    byte @Nullable [] low,
    boolean lowIncluded,
    byte @Nullable [] high,
    boolean highIncluded) {

  private static final String NAME = "KeyConditionExpression";

  /** Reads a key condition: the hash key's value and perhaps one condition on the range key. */
  static KeyCondition of(Condition condition, Table table) {
    if (condition instanceof Condition.And(Condition left, Condition right)) {
      return isOn(left, table.hash()) ? of(left, right, table) : of(right, left, table);
    }
    return of(condition, null, table);
  }

  private static KeyCondition of(Condition onHash, @Nullable Condition onRange, Table table) {
    if (!isOn(onHash, table.hash())) {
      throw DynamoRefusal.invalid(
          "Query condition missed key schema element: " + table.hash().name());
    }
    if (!(onHash
            instanceof
            Condition.Compare(
                Operand _,
                Condition.Comparator comparator,
                Operand.Literal(Value hashValue)))
        || comparator != Condition.Comparator.EQUAL) {
      throw DynamoRefusal.invalid("Query key condition not supported");
    }
    checkType(hashValue, table.hash());
    Table.Key range = table.range();
    if (onRange == null) {
      return new KeyCondition(hashValue, null, false, null, false);
    }
    if (range == null || !isOn(onRange, range)) {
      throw DynamoRefusal.invalid(
          range == null
              ? "Query key condition not supported"
              : "Query condition missed key schema element: " + range.name());
    }
    return switch (onRange) {
      case Condition.Compare(Operand _, Condition.Comparator by, Operand.Literal(Value value)) ->
          compared(hashValue, by, bytes(value, range));
      case Condition.Between(Operand _, Operand.Literal(Value from), Operand.Literal(Value to)) ->
          new KeyCondition(hashValue, bytes(from, range), true, bytes(to, range), true);
      case Condition.BeginsWith(Operand _, Operand.Literal(Value prefix)) ->
          prefixed(hashValue, bytes(prefix, range));
      default -> throw DynamoRefusal.invalid("Query key condition not supported");
    };
  }

  private static KeyCondition compared(Value hash, Condition.Comparator by, byte[] value) {
    return switch (by) {
      case EQUAL -> new KeyCondition(hash, value, true, value, true);
      case LESS -> new KeyCondition(hash, null, false, value, false);
      case LESS_OR_EQUAL -> new KeyCondition(hash, null, false, value, true);
      case GREATER -> new KeyCondition(hash, value, false, null, false);
      case GREATER_OR_EQUAL -> new KeyCondition(hash, value, true, null, false);
      case NOT_EQUAL ->
          throw DynamoRefusal.invalid(
              "Invalid " + NAME + ": Invalid operator used in KeyConditionExpression: <>");
    };
  }

  private static KeyCondition prefixed(Value hash, byte[] prefix) {
    byte[] after = prefix.clone();
    int last = after.length - 1;
    while (last >= 0 && after[last] == (byte) 0xFF) {
      last--;
    }
    if (last < 0) {
      return new KeyCondition(hash, prefix, true, null, false);
    }
    after[last]++;
    return new KeyCondition(hash, prefix, true, Arrays.copyOf(after, last + 1), false);
  }

  private static boolean isOn(Condition condition, Table.Key key) {
    Operand operand =
        switch (condition) {
          case Condition.Compare(Operand left, Condition.Comparator _, Operand _) -> left;
          case Condition.Between(Operand between, Operand _, Operand _) -> between;
          case Condition.BeginsWith(Operand beginning, Operand _) -> beginning;
          default ->
              throw DynamoRefusal.invalid("Invalid " + NAME + ": Invalid operator used in " + NAME);
        };
    return operand instanceof Operand.At(Path path)
        && path.steps().isEmpty()
        && path.name().equals(key.name());
  }

  private static byte[] bytes(Value value, Table.Key key) {
    checkType(value, key);
    return KeyBytes.of(value);
  }

  private static void checkType(Value value, Table.Key key) {
    if (!value.type().equals(key.type())) {
      throw DynamoRefusal.badParameter("Condition parameter type does not match schema type");
    }
  }

  private boolean includes(byte[] range) {
    int fromLow = low == null ? 1 : Arrays.compareUnsigned(range, low);
    int toHigh = high == null ? 1 : Arrays.compareUnsigned(high, range);
    return (fromLow > 0 || (fromLow == 0 && lowIncluded))
        && (toHigh > 0 || (toHigh == 0 && highIncluded));
  }

  /** The range after a page's last key, if there was a page before. */
  Items.Range range(Table table, boolean forward, Map<String, Value> after) {
    if (after.isEmpty()) {
      return new Items.Range(low, lowIncluded, high, highIncluded, forward);
    }
    byte[] start = table.placeOfKey(after).range();
    if (!includes(start)) {
      throw DynamoRefusal.invalid(
          "The provided starting key does not match the range key predicate");
    }
    return forward
        ? new Items.Range(start, false, high, highIncluded, true)
        : new Items.Range(low, lowIncluded, start, false, false);
  }
}
