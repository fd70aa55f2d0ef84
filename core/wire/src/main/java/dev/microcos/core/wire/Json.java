package dev.microcos.core.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reading and writing JSON, the same way everywhere: strict, snake_case, without nulls. */
public final class Json {

  /** How deep a value from outside may be. */
  private static final int DEEPEST_GIVEN = 64;

  /** What is kept wraps what was given, and can always be read again. */
  private static final int DEEPEST_KEPT = 1_000;

  private static final ObjectMapper GIVEN = mapper(DEEPEST_GIVEN);
  private static final ObjectMapper MAPPER = mapper(DEEPEST_KEPT);

  /** RFC 3339 in UTC with milliseconds. */
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Json() {}

  /** Buffers are shared, not kept by thread: a virtual thread would throw its own away. */
  private static ObjectMapper mapper(int deepest) {
    JsonFactory factory =
        JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(deepest).build())
            .build();
    return JsonMapper.builder(factory)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }

  /** Writes JSON piece by piece. */
  @FunctionalInterface
  public interface Writing {
    /** Writes one value. */
    void to(JsonGenerator out) throws IOException;
  }

  /** What {@code writing} writes, as UTF-8. */
  public static byte[] bytes(Writing writing) {
    try (ByteArrayBuilder out = new ByteArrayBuilder()) {
      try (JsonGenerator generator = MAPPER.createGenerator(out)) {
        writing.to(generator);
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A tree as UTF-8. */
  public static byte[] bytes(JsonNode tree) {
    return bytes(out -> MAPPER.writeTree(out, tree));
  }

  /** A tree as text. */
  public static String text(JsonNode tree) {
    try {
      return MAPPER.writeValueAsString(tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The tree that a text from outside stands for.
   *
   * @throws IllegalArgumentException if it is not one JSON value, names a field twice, or is deeper
   *     than 64
   */
  public static JsonNode given(String text) {
    try {
      return orMissing(GIVEN.readTree(text));
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
  }

  /**
   * The tree that bytes from outside stand for.
   *
   * @throws IllegalArgumentException as {@link #given(String)}
   */
  public static JsonNode given(byte[] utf8) {
    try {
      return orMissing(GIVEN.readTree(utf8));
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
  }

  /**
   * The tree that the text stands for.
   *
   * @throws IllegalArgumentException if it is not one JSON value, or names a field twice
   */
  public static JsonNode tree(String text) {
    try {
      return orMissing(MAPPER.readTree(text));
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
  }

  /**
   * The tree that the bytes stand for.
   *
   * @throws IllegalArgumentException if they are not one JSON value, or name a field twice
   */
  public static JsonNode tree(byte[] utf8) {
    try {
      return orMissing(MAPPER.readTree(utf8));
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
  }

  /** An object without fields. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** An instant as text. */
  public static String instant(Instant instant) {
    return INSTANT.format(instant);
  }

  /** An enum's constant as text: in lower case. */
  public static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /**
   * The constant that a text stands for.
   *
   * @throws IllegalArgumentException if there is none
   */
  static <E extends Enum<E>> E constant(Class<E> type, String name) {
    return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
  }

  /**
   * The text of a field.
   *
   * @throws IllegalArgumentException if it is not there or no text
   */
  static String text(JsonNode object, String field) {
    JsonNode value = object.get(field);
    if (value == null || !value.isTextual()) {
      throw new IllegalArgumentException("the text " + field + " is missing");
    }
    return value.textValue();
  }

  /** The text of a field, or null if it is not there. */
  static @Nullable String textOrNull(JsonNode object, String field) {
    JsonNode value = object.get(field);
    return value == null || value.isNull() ? null : text(object, field);
  }

  /**
   * The number of a field.
   *
   * @throws IllegalArgumentException if it is not there or no whole number
   */
  static long number(JsonNode object, String field) {
    JsonNode value = object.get(field);
    if (value == null || !value.canConvertToLong() || !value.isIntegralNumber()) {
      throw new IllegalArgumentException("the number " + field + " is missing");
    }
    return value.longValue();
  }

  static Instant instant(JsonNode object, String field) {
    return Instant.parse(text(object, field));
  }

  static @Nullable Instant instantOrNull(JsonNode object, String field) {
    return object.has(field) ? instant(object, field) : null;
  }

  private static JsonNode orMissing(@Nullable JsonNode tree) {
    if (tree == null || tree.isMissingNode()) {
      throw new IllegalArgumentException("not JSON: empty");
    }
    return tree;
  }
}
