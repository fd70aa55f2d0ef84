package dev.microcos.local.services.dynamodb;

import java.math.BigDecimal;

/** DynamoDB's numbers: up to 38 significant digits, magnitude 1E-130 to 9.99E+125. */
final class Numbers {

  private static final int MOST_DIGITS = 38;
  private static final int LARGEST_EXPONENT = 125;
  private static final int SMALLEST_EXPONENT = -130;

  private Numbers() {}

  static BigDecimal parse(String text) {
    BigDecimal number;
    try {
      if (text.length() > 400) {
        throw new NumberFormatException();
      }
      number = new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw DynamoRefusal.invalid(
          text.isEmpty()
              ? "The parameter cannot be converted to a numeric value"
              : "The parameter cannot be converted to a numeric value: " + text);
    }
    return checked(number);
  }

  /** The number without trailing zeros, if it is within the bounds. */
  static BigDecimal checked(BigDecimal number) {
    if (number.signum() == 0) {
      return BigDecimal.ZERO;
    }
    BigDecimal stripped = number.stripTrailingZeros();
    if (stripped.precision() > MOST_DIGITS) {
      throw DynamoRefusal.invalid(
          "Attempting to store more than 38 significant digits in a Number");
    }
    int exponent = exponent(stripped);
    if (exponent > LARGEST_EXPONENT) {
      throw DynamoRefusal.invalid(
          "Number overflow. Attempting to store a number with magnitude larger than supported"
              + " range");
    }
    if (exponent < SMALLEST_EXPONENT) {
      throw DynamoRefusal.invalid(
          "Number underflow. Attempting to store a number with magnitude smaller than supported"
              + " range");
    }
    return stripped;
  }

  /** The power of ten of the first digit. */
  static int exponent(BigDecimal stripped) {
    return stripped.precision() - stripped.scale() - 1;
  }

  static String format(BigDecimal number) {
    return number.toPlainString();
  }
}
