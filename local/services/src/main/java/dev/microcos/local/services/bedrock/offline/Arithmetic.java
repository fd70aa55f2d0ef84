package dev.microcos.local.services.bedrock.offline;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Pattern;

/** Small sums, exact to ten decimal places. */
final class Arithmetic implements Skill {

  private static final int LONGEST = 120;
  private static final Pattern QUESTION =
      Pattern.compile(
          "^(?:what(?:'s| is| are| does)|how much (?:is|are)|calculate|compute|solve)\\s+");
  private static final Pattern EXPRESSION =
      Pattern.compile("[\\d+\\-*/^().% ]*\\d[\\d+\\-*/^().% ]*");
  private static final Pattern SUM = Pattern.compile(".*[\\d)%]\\s*[+\\-*/^]\\s*[\\d(.\\-].*");

  @Override
  public Optional<String> answer(Conversation conversation) {
    String asked =
        QUESTION.matcher(conversation.plain()).replaceFirst("").replaceFirst("\\s*=$", "");
    if (asked.length() > LONGEST) {
      return Optional.empty();
    }
    String expression = symbols(asked);
    boolean isDate = expression.matches("\\d{4}-\\d{2}-\\d{2}");
    if (isDate || !EXPRESSION.matcher(expression).matches() || !SUM.matcher(expression).matches()) {
      return Optional.empty();
    }
    try {
      BigDecimal result = new Parser(expression).parse();
      return Optional.of(asked + " = **" + shown(result) + "**");
    } catch (ArithmeticException undefined) {
      return Optional.of("That has no answer: " + undefined.getMessage() + ".");
    } catch (NumberFormatException malformed) {
      return Optional.empty();
    }
  }

  private static String symbols(String text) {
    return text.replaceAll("(?<=\\d),(?=\\d{3}\\b)", "")
        .replaceAll("(\\d)\\s*(?:percent|%) of ", "$1% * ")
        .replace("half of ", "0.5 * ")
        .replace(" plus ", " + ")
        .replace(" minus ", " - ")
        .replace(" times ", " * ")
        .replace(" multiplied by ", " * ")
        .replace(" divided by ", " / ")
        .replace(" over ", " / ")
        .replace(" squared", " ^ 2")
        .replaceAll("(?<=[\\d)])\\s*[x×·]\\s*(?=[\\d(])", " * ")
        .replace('÷', '/')
        .replace('−', '-');
  }

  private static String shown(BigDecimal result) {
    BigDecimal rounded = result.setScale(10, RoundingMode.HALF_UP).stripTrailingZeros();
    String text =
        rounded.precision() - rounded.scale() > 30
            ? result.round(new MathContext(10)).toString()
            : rounded.toPlainString();
    return rounded.compareTo(result) == 0 ? text : "about " + text;
  }

  /** Recursive descent over sums, products, powers and brackets. */
  private static final class Parser {
    private static final MathContext PRECISION = MathContext.DECIMAL128;
    private final String text;
    private int at;

    Parser(String text) {
      this.text = text.replace(" ", "");
    }

    BigDecimal parse() {
      BigDecimal value = sum();
      if (at < text.length()) {
        throw new NumberFormatException(text);
      }
      return value;
    }

    private BigDecimal sum() {
      BigDecimal value = product();
      while (true) {
        if (accept('+')) {
          value = value.add(product(), PRECISION);
        } else if (accept('-')) {
          value = value.subtract(product(), PRECISION);
        } else {
          return value;
        }
      }
    }

    private BigDecimal product() {
      BigDecimal value = power();
      while (true) {
        if (accept('*')) {
          value = value.multiply(power(), PRECISION);
        } else if (accept('/')) {
          BigDecimal divisor = power();
          if (divisor.signum() == 0) {
            throw new ArithmeticException("it divides by zero");
          }
          value = value.divide(divisor, PRECISION);
        } else {
          return value;
        }
      }
    }

    private BigDecimal power() {
      if (accept('-')) {
        return power().negate();
      }
      BigDecimal base = number();
      if (!accept('^')) {
        return base;
      }
      BigDecimal exponent = power();
      if (exponent.abs().compareTo(BigDecimal.valueOf(999)) > 0
          || exponent.stripTrailingZeros().scale() > 0) {
        throw new ArithmeticException("its exponent is beyond my rules");
      }
      if (base.signum() == 0 && exponent.signum() < 0) {
        throw new ArithmeticException("it divides by zero");
      }
      return base.pow(exponent.intValueExact(), PRECISION);
    }

    private BigDecimal number() {
      BigDecimal value;
      if (accept('(')) {
        value = sum();
        if (!accept(')')) {
          throw new NumberFormatException(text);
        }
      } else {
        int from = at;
        while (at < text.length()
            && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
          at++;
        }
        value = new BigDecimal(text.substring(from, at));
      }
      return accept('%') ? value.divide(BigDecimal.valueOf(100), PRECISION) : value;
    }

    private boolean accept(char expected) {
      boolean found = at < text.length() && text.charAt(at) == expected;
      at += found ? 1 : 0;
      return found;
    }
  }
}
