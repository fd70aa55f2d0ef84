package dev.microcos.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The JSON Canonicalization Scheme, RFC 8785: members sorted by UTF-16 code units, no white space,
 * numbers as ECMAScript writes them.
 */
public final class Canonical {

  private static final double LARGEST_PLAIN = 1e21;
  private static final double SMALLEST_PLAIN = 1e-6;

  private Canonical() {}

  /** The canonical form. */
  public static String text(JsonNode tree) {
    StringBuilder out = new StringBuilder();
    write(tree, out);
    return out.toString();
  }

  /** Hex SHA-256 of the canonical form in UTF-8. */
  public static String hash(JsonNode tree) {
    try {
      byte[] utf8 = text(tree).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(utf8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void write(JsonNode node, StringBuilder out) {
    switch (node.getNodeType()) {
      case OBJECT -> object(node, out);
      case ARRAY -> {
        out.append('[');
        for (int i = 0; i < node.size(); i++) {
          if (i > 0) {
            out.append(',');
          }
          write(node.get(i), out);
        }
        out.append(']');
      }
      case STRING -> string(node.textValue(), out);
      case NUMBER -> out.append(number(node.doubleValue()));
      default -> out.append(node.asText());
    }
  }

  private static void object(JsonNode node, StringBuilder out) {
    TreeMap<String, JsonNode> members = new TreeMap<>();
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      members.put(member.getKey(), member.getValue());
    }
    out.append('{');
    boolean first = true;
    for (Map.Entry<String, JsonNode> member : members.entrySet()) {
      if (!first) {
        out.append(',');
      }
      first = false;
      string(member.getKey(), out);
      out.append(':');
      write(member.getValue(), out);
    }
    out.append('}');
  }

  private static void string(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /** ECMA-262, Number::toString; Java gives the same shortest digits since JDK 19. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("JSON has no " + value);
    }
    if (value == 0) {
      return "0";
    }
    double size = Math.abs(value);
    if (size >= SMALLEST_PLAIN && size < LARGEST_PLAIN) {
      BigDecimal plain = BigDecimal.valueOf(value).stripTrailingZeros();
      return plain.toPlainString();
    }
    String[] parts = shortest(value).split("E", -1);
    String digits = parts[0];
    String mantissa = digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits;
    return mantissa + "e" + (parts[1].startsWith("-") ? "" : "+") + parts[1];
  }

  /** Java writes two digits at least, even where one would do: 4.9E-324 for 5e-324. */
  private static String shortest(double value) {
    String oneDigit = String.format(Locale.ROOT, "%.0E", value);
    String[] parts = oneDigit.split("E", -1);
    return Double.parseDouble(oneDigit) == value
        ? parts[0] + "E" + Integer.parseInt(parts[1])
        : Double.toString(value);
  }
}
