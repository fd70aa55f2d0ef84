package dev.microcos.local.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Bodies that are nearly right: values that fit a schema, with something done to them. */
final class Mutations {

  /** Halves of surrogate pairs are written as escapes, as a client would send them. */
  private static final ObjectWriter WRITER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build().writer();

  /** In the texts of every body; no refusal may repeat it. */
  static final String MARK = "Quincunx";

  private static final List<String> HOSTILE_NAMES =
      List.of(
          "",
          "\0",
          "\ud800",
          "\udc00x",
          "__proto__",
          "user_id",
          "event_id",
          "seq",
          "$ref",
          "a/b~c",
          "\u202ename",
          "generation",
          "n".repeat(5_000),
          "\ud83d\ude00",
          "Ti\ntle");

  private static final List<String> HOSTILE_VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1e400",
          "-1e400",
          "1e-400",
          "1e999999999",
          "0.1",
          "123456789012345678901234567890",
          "9007199254740993",
          "-0",
          "[]",
          "[[[]]]",
          "{}",
          "{\"a\":1}",
          "[null]",
          "{\"\":{}}",
          "[".repeat(60) + "]".repeat(60),
          "[".repeat(900) + "]".repeat(900),
          "{\"a\":".repeat(80) + "1" + "}".repeat(80),
          "9".repeat(1_001));

  private static final List<String> HOSTILE_TEXTS =
      List.of(
          "",
          " ",
          "\t\n",
          "\0",
          "\ud800",
          "a\udfffb",
          "\ud83d\ude00",
          "\u202e\u2066",
          "\ufeff",
          "\uffff",
          "<script>alert(1)</script>",
          "'; DROP TABLE log;--",
          "${jndi:x}",
          "{{text}}",
          "%s%n",
          "../../etc",
          "null",
          "NaN",
          "2026-02-30",
          "0000-01-01",
          "9999-12-31T23:59:59.999999999Z",
          "9999-12-31T23:59:59-23:59",
          "0000-01-01T00:00:00+23:59",
          "2026-11-24T24:00:00Z",
          "main",
          "Z",
          "EST5EDT",
          "Europe/Nowhere",
          "\u0660\u0661:00");

  private final ObjectNode schema;
  private final Random random;
  private final UnaryOperator<ObjectNode> real;

  Mutations(ObjectNode schema, Random random) {
    this(schema, random, body -> body);
  }

  /**
   * Bodies.
   *
   * @param real puts what is there in place of what only has the form of it
   */
  Mutations(ObjectNode schema, Random random, UnaryOperator<ObjectNode> real) {
    this.schema = schema;
    this.random = random;
    this.real = real;
  }

  /**
   * A body.
   *
   * @param fits whether it is as its schema wants it, untouched
   */
  record Body(byte[] bytes, boolean fits) {
    @Override
    public String toString() {
      String text = new String(bytes, StandardCharsets.UTF_8);
      return text.length() > 500 ? text.substring(0, 500) + "… " + bytes.length : text;
    }
  }

  Body next() {
    ObjectNode value = real.apply((ObjectNode) new Values(random, MARK).fitting(schema));
    int kind = random.nextInt(20);
    if (kind < 2) {
      return new Body(written(value), true);
    }
    if (kind < 5) {
      return new Body(broken(written(value)), false);
    }
    for (int i = random.nextInt(3); i >= 0; i--) {
      spoil(value);
    }
    return new Body(written(value), false);
  }

  private void spoil(ObjectNode value) {
    List<ObjectNode> objects = new ArrayList<>(List.of(value));
    value.forEach(each -> {
      if (each instanceof ObjectNode inner) {
        objects.add(inner);
      }
    });
    ObjectNode object = objects.get(random.nextInt(objects.size()));
    List<String> names = new ArrayList<>();
    schema.path("properties").fieldNames().forEachRemaining(names::add);
    String name = random.nextInt(4) == 0 || names.isEmpty() ? one(HOSTILE_NAMES) : one(names);
    switch (random.nextInt(6)) {
      case 0 -> object.remove(name);
      case 1, 2 -> object.putRawValue(name, new RawValue(one(HOSTILE_VALUES)));
      case 3 -> object.put(name, one(HOSTILE_TEXTS));
      case 4 -> object.put(name, MARK + one(HOSTILE_TEXTS) + one(HOSTILE_TEXTS));
      default ->
          object.put(name, one(List.of("x", "\u00e9", "\ud83c\udfb9", "\0")).repeat(length()));
    }
  }

  private int length() {
    return one(List.of(1, 64, 65, 128, 129, 499, 500, 501, 8_000, 8_001, 16_384, 16_385, 17_000));
  }

  private byte[] broken(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    return switch (random.nextInt(10)) {
      case 0 -> Arrays.copyOf(body, random.nextInt(body.length));
      case 1 -> {
        byte[] flipped = body.clone();
        flipped[random.nextInt(body.length)] = (byte) (128 + random.nextInt(128));
        yield flipped;
      }
      case 2 -> utf8(text + text);
      case 3 -> utf8("[" + text + "]");
      case 4 -> utf8("\ufeff" + text);
      case 5 -> utf8(text.replaceFirst("\\{", "{\"title\":\"a\",\"title\":\"b\","));
      case 6 -> utf8("{\"a\":".repeat(20_000));
      case 7 -> text.getBytes(StandardCharsets.UTF_16);
      case 8 -> utf8("{\"text\":\"" + "x".repeat(70_000) + "\"}");
      default ->
          utf8(one(List.of("", " ", "null", "7", "\"x\"", "[]", "{", "}", "\0", "NaN", "//")));
    };
  }

  private <T> T one(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  private static byte[] written(JsonNode value) {
    try {
      return utf8(WRITER.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
