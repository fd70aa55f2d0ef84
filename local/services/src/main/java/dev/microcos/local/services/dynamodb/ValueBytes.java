package dev.microcos.local.services.dynamodb;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Items in the store: a byte for the type, lengths and counts of 4 bytes, then the content. */
final class ValueBytes {

  private ValueBytes() {}

  static byte[] write(Map<String, Value> item) {
    Output out = new Output();
    out.map(item);
    return out.toByteArray();
  }

  static Map<String, Value> read(byte[] bytes) {
    return map(ByteBuffer.wrap(bytes));
  }

  private static final class Output extends ByteArrayOutputStream {

    Output() {
      super(1_024);
    }

    void number(int value) {
      write(value >>> 24);
      write(value >>> 16);
      write(value >>> 8);
      write(value);
    }

    void bytes(byte[] bytes) {
      number(bytes.length);
      writeBytes(bytes);
    }

    void text(String text) {
      bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    void map(Map<String, Value> values) {
      number(values.size());
      values.forEach((name, value) -> {
        text(name);
        value(value);
      });
    }

    void value(Value value) {
      switch (value) {
        case Value.Text(String text) -> {
          write('S');
          text(text);
        }
        case Value.Numeric numeric -> {
          write('N');
          text(numeric.number().toString());
        }
        case Value.Binary(byte[] bytes) -> {
          write('B');
          bytes(bytes);
        }
        case Value.Bool(boolean truth) -> write(truth ? 'T' : 'F');
        case Value.Null() -> write('0');
        case Value.ListOf(List<Value> values) -> {
          write('L');
          number(values.size());
          values.forEach(this::value);
        }
        case Value.MapOf(Map<String, Value> values) -> {
          write('M');
          map(values);
        }
        case Value.SetOf(String type, Set<Value> values) -> {
          write(Character.toLowerCase(type.charAt(0)));
          number(values.size());
          values.forEach(this::value);
        }
      }
    }
  }

  private static Map<String, Value> map(ByteBuffer in) {
    int size = in.getInt();
    Map<String, Value> values = LinkedHashMap.newLinkedHashMap(size);
    for (int i = 0; i < size; i++) {
      String name = text(in);
      values.put(name, value(in));
    }
    return values;
  }

  private static Value value(ByteBuffer in) {
    int type = in.get();
    return switch (type) {
      case 'S' -> new Value.Text(text(in));
      case 'N' -> new Value.Numeric(new BigDecimal(text(in)));
      case 'B' -> new Value.Binary(bytes(in));
      case 'T' -> new Value.Bool(true);
      case 'F' -> new Value.Bool(false);
      case '0' -> new Value.Null();
      case 'L' -> new Value.ListOf(list(in));
      case 'M' -> new Value.MapOf(map(in));
      case 's', 'n', 'b' ->
          new Value.SetOf(Character.toUpperCase((char) type) + "S", new LinkedHashSet<>(list(in)));
      default -> throw new IllegalStateException("the store holds an unknown type " + type);
    };
  }

  private static List<Value> list(ByteBuffer in) {
    int size = in.getInt();
    List<Value> values = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      values.add(value(in));
    }
    return values;
  }

  private static byte[] bytes(ByteBuffer in) {
    byte[] bytes = new byte[in.getInt()];
    in.get(bytes);
    return bytes;
  }

  private static String text(ByteBuffer in) {
    int length = in.getInt();
    String text =
        new String(in.array(), in.arrayOffset() + in.position(), length, StandardCharsets.UTF_8);
    in.position(in.position() + length);
    return text;
  }
}
