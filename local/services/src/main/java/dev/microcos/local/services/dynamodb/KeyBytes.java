package dev.microcos.local.services.dynamodb;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Key values as bytes whose unsigned order is DynamoDB's order of the values. */
final class KeyBytes {

  private static final int EXPONENT_BIAS = 0x4000;

  private KeyBytes() {}

  static byte[] of(Value value) {
    return switch (value) {
      case Value.Text(String text) -> text.getBytes(StandardCharsets.UTF_8);
      case Value.Binary(byte[] bytes) -> bytes;
      case Value.Numeric numeric -> ofNumber(numeric.number());
      case Value.Bool _, Value.Null _, Value.ListOf _, Value.MapOf _, Value.SetOf _ ->
          throw new IllegalArgumentException("not a key: " + value.type());
    };
  }

  /**
   * A byte for the sign, two for the exponent of the first digit, one a digit; of a negative number
   * all but the sign inverted and closed by 0xFF, so that the longer of two comes first.
   */
  private static byte[] ofNumber(BigDecimal number) {
    if (number.signum() == 0) {
      return new byte[] {1};
    }
    boolean negative = number.signum() < 0;
    BigDecimal stripped = number.stripTrailingZeros();
    int exponent = Numbers.exponent(stripped) + EXPONENT_BIAS;
    int flip = negative ? 0xFF : 0;
    ByteArrayOutputStream out = new ByteArrayOutputStream(44);
    out.write(negative ? 0 : 2);
    out.write((exponent >>> 8) ^ flip);
    out.write(exponent ^ flip);
    String digits = stripped.unscaledValue().abs().toString();
    for (int i = 0; i < digits.length(); i++) {
      out.write((digits.charAt(i) - '0' + 1) ^ flip);
    }
    if (negative) {
      out.write(0xFF);
    }
    return out.toByteArray();
  }
}
