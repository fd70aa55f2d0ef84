package dev.microcos.local.services.dynamodb;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How many bytes DynamoDB counts, as its guide tells ("item sizes and formats"). */
final class Sizes {

  /** The limit of an item with its attribute names. */
  static final int MOST_BYTES_OF_ITEM = 400 * 1024;

  /** Where a page of Query or Scan ends. */
  static final int MOST_BYTES_OF_PAGE = 1024 * 1024;

  private Sizes() {}

  static int of(Map<String, Value> item) {
    int bytes = 0;
    for (Map.Entry<String, Value> attribute : item.entrySet()) {
      bytes += utf8(attribute.getKey()) + of(attribute.getValue());
    }
    return bytes;
  }

  static int of(Value value) {
    return switch (value) {
      case Value.Text(String text) -> utf8(text);
      case Value.Numeric numeric -> ofNumber(numeric.number());
      case Value.Binary(byte[] bytes) -> bytes.length;
      case Value.Bool _, Value.Null _ -> 1;
      case Value.ListOf(List<Value> values) ->
          3 + values.stream().mapToInt(element -> 1 + of(element)).sum();
      case Value.MapOf(Map<String, Value> values) -> 3 + values.size() + of(values);
      case Value.SetOf(String _, Set<Value> values) -> values.stream().mapToInt(Sizes::of).sum();
    };
  }

  private static int ofNumber(BigDecimal number) {
    return (number.precision() + 1) / 2 + 1 + (number.signum() < 0 ? 1 : 0);
  }

  static int utf8(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes++;
      } else if (c < 0x800 || Character.isSurrogate(c)) {
        bytes += 2;
      } else {
        bytes += 3;
      }
    }
    return bytes;
  }

  /** Capacity units of a read: half of one a 4 KB where it need not be consistent. */
  static double readUnits(long bytes, boolean consistent) {
    double units = Math.max(1, Math.ceilDiv(bytes, 4 * 1024));
    return consistent ? units : units / 2;
  }

  /** Capacity units of a write: one a KB. */
  static double writeUnits(long bytes) {
    return Math.max(1, Math.ceilDiv(bytes, 1024));
  }
}
