package dev.microcos.local.stepfunctions.expression;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Utils;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The functions that AWS adds to JSONata, and those whose source of time or chance is ours. A
 * fraction is cut off towards zero where an integer is asked; an argument that makes no sense, as a
 * chunk of zero or a step in the wrong direction, gives undefined. All as AWS does it.
 */
final class AwsFunctions {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final double FIRST_BEYOND_LONG = 0x1p63;
  private static final double FIRST_WITH_EXPONENT = 1e21;
  private static final Set<String> ALGORITHMS =
      Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");

  private final InstantSource clock;
  private final RandomGenerator random;

  AwsFunctions(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** Binds those of these names for one evaluation, in which the time stands still. */
  void bind(Set<String> names, Jsonata.Frame frame) {
    long now = clock.millis();
    for (String name : names) {
      switch (name) {
        case "partition" ->
            bind(frame, name, "<an?:a>", args -> partition(list(args, 0), number(args, 1)));
        case "range" ->
            bind(
                frame,
                name,
                "<n?n?n?:a>",
                args -> range(number(args, 0), number(args, 1), number(args, 2)));
        case "hash" -> bind(frame, name, "<s?s?:s>", args -> hash(text(args, 0), text(args, 1)));
        case "random" -> bind(frame, name, "<n?:n>", args -> random(number(args, 0)));
        case "uuid" -> bind(frame, name, "<:s>", args -> uuid().toString());
        case "parse" -> bind(frame, name, "<s?:x>", args -> parse(text(args, 0)));
        case "now" ->
            bind(
                frame,
                name,
                "<s?s?:s>",
                args -> Functions.dateTimeFromMillis(now, text(args, 0), text(args, 1)));
        case "millis" -> bind(frame, name, "<:n>", args -> now);
        // These are JSONata's own; the library loses a null in two, takes for ever in another, and
        // writes large numbers with an exponent in the last.
        case "pad" ->
            bind(
                frame,
                name,
                "<s-ns?:s>",
                args -> pad(text(args, 0), number(args, 1), text(args, 2)));
        case "clone" -> bind(frame, name, "<(oa)-:o>", args -> copy(argument(args, 0)));
        case "count" -> bind(frame, name, null, args -> count(argument(args, 0)));
        case "string" ->
            bind(
                frame,
                name,
                "<x-b?:s>",
                args -> Functions.string(inFull(argument(args, 0)), (Boolean) argument(args, 1)));
        // AWS has no $eval; calling it fails as calling anything that is no function does.
        case "eval" -> frame.bind(name, (Object) null);
        default -> {}
      }
    }
  }

  private interface Body {
    @Nullable Object call(List<?> arguments);
  }

  private static void bind(
      Jsonata.Frame frame, String name, @Nullable String signature, Body body) {
    frame.bind(name, new Jsonata.JFunction((input, arguments) -> body.call(arguments), signature));
  }

  private static @Nullable Object partition(@Nullable List<?> array, @Nullable Number size) {
    if (array == null || array.isEmpty() || size == null || size.longValue() <= 0) {
      return null;
    }
    int step = (int) Math.min(size.longValue(), array.size());
    List<Object> chunks = new ArrayList<>();
    for (int from = 0; from < array.size(); from += step) {
      chunks.add(new ArrayList<>(array.subList(from, Math.min(from + step, array.size()))));
    }
    return chunks;
  }

  private static @Nullable Object range(
      @Nullable Number first, @Nullable Number last, @Nullable Number delta) {
    if (first == null || last == null || delta == null || delta.longValue() == 0) {
      return null;
    }
    long step = delta.longValue();
    long distance = Math.subtractExact(last.longValue(), first.longValue());
    if (Long.signum(distance) * Long.signum(step) < 0) {
      return null;
    }
    if (distance / step >= Bounds.MOST_IN_RANGE) {
      throw Bounds.memory();
    }
    // A sequence, so that a single value is not an array.
    List<Object> values = Utils.createSequence();
    for (long i = 0; i <= distance / step; i++) {
      values.add(Utils.convertNumber(first.longValue() + i * step));
    }
    return values;
  }

  private static @Nullable String hash(@Nullable String text, @Nullable String algorithm) {
    if (text == null || algorithm == null) {
      return null;
    }
    if (!ALGORITHMS.contains(algorithm)) {
      throw new Bounds.RefusedException("Invalid hashing algorithm: " + algorithm);
    }
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private double random(@Nullable Number seed) {
    return seed == null ? random.nextDouble() : new Random(seed.longValue()).nextDouble();
  }

  private UUID uuid() {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low);
  }

  private static @Nullable Object parse(@Nullable String json) {
    if (json == null) {
      return null;
    }
    try {
      return Values.toJsonata(JSON.readTree(json));
    } catch (JsonProcessingException e) {
      throw new Bounds.RefusedException("Invalid JSON: " + e.getOriginalMessage());
    }
  }

  private static @Nullable Object copy(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, part) -> copy.put(key, copy(part)));
        yield copy;
      }
      case List<?> list -> {
        List<@Nullable Object> copy = new ArrayList<>();
        list.forEach(part -> copy.add(copy(part)));
        yield copy;
      }
      case null, default -> value;
    };
  }

  /**
   * The value with whole numbers from 2^63 to 1e21, on both sides of zero, as the digits that AWS
   * writes: the fewest that read as the same number, and zeros.
   */
  private static @Nullable Object inFull(@Nullable Object value) {
    return switch (value) {
      case Double number
          when Math.abs(number) >= FIRST_BEYOND_LONG && Math.abs(number) < FIRST_WITH_EXPONENT ->
          BigDecimal.valueOf(number).toBigIntegerExact();
      case Map<?, ?> map -> {
        Map<Object, @Nullable Object> full = new LinkedHashMap<>();
        map.forEach((key, part) -> full.put(key, inFull(part)));
        yield full;
      }
      case List<?> list -> {
        List<@Nullable Object> full = new ArrayList<>();
        list.forEach(part -> full.add(inFull(part)));
        yield full;
      }
      case null, default -> value;
    };
  }

  private static @Nullable String pad(
      @Nullable String text, @Nullable Number width, @Nullable String with) {
    if (text == null || width == null) {
      return null;
    }
    long missing = Math.abs(width.longValue()) - text.codePointCount(0, text.length());
    if (missing <= 0) {
      return text;
    }
    if (missing > Bounds.MOST_BYTES) {
      throw Bounds.memory();
    }
    int[] pattern = (with == null || with.isEmpty() ? " " : with).codePoints().toArray();
    StringBuilder padding = new StringBuilder();
    for (int i = 0; i < missing; i++) {
      StringBuilder _ = padding.appendCodePoint(pattern[i % pattern.length]);
    }
    return width.longValue() > 0 ? text + padding : padding + text;
  }

  private static int count(@Nullable Object value) {
    return switch (value) {
      case null -> 0;
      case Collection<?> values -> values.size();
      default -> 1;
    };
  }

  private static @Nullable Object argument(List<?> arguments, int index) {
    return index < arguments.size() ? arguments.get(index) : null;
  }

  private static @Nullable Number number(List<?> arguments, int index) {
    return (Number) argument(arguments, index);
  }

  private static @Nullable String text(List<?> arguments, int index) {
    return (String) argument(arguments, index);
  }

  private static @Nullable List<?> list(List<?> arguments, int index) {
    return (List<?>) argument(arguments, index);
  }
}
