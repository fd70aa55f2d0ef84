package dev.microcos.local.stepfunctions.expression;

import static dev.microcos.local.stepfunctions.expression.Token.Kind.NAME;
import static dev.microcos.local.stepfunctions.expression.Token.Kind.NUMBER;
import static dev.microcos.local.stepfunctions.expression.Token.Kind.OPERATOR;
import static dev.microcos.local.stepfunctions.expression.Token.Kind.REGEX;
import static dev.microcos.local.stepfunctions.expression.Token.Kind.STRING;
import static dev.microcos.local.stepfunctions.expression.Token.Kind.VALUE;
import static dev.microcos.local.stepfunctions.expression.Token.Kind.VARIABLE;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts an expression into the tokens of JSONata 2.0.6. It has no {@code ?:} and no {@code ??},
 * which came with 2.1: they are two tokens here, and so an error.
 */
final class Tokens {

  private static final List<String> PAIRS = List.of("..", ":=", "!=", ">=", "<=", "**", "~>");
  private static final String SINGLES = ".[]{}(),@#;:?+-*/%|=<>^&!~";
  private static final String SPACES = " \t\n\r\u000b";
  private static final Pattern NUMBERS =
      Pattern.compile("-?(0|([1-9][0-9]*))(\\.[0-9]+)?([Ee][-+]?[0-9]+)?");

  private final String source;
  private int position;

  Tokens(String source) {
    this.source = source;
  }

  /** The next token; after an operand a slash divides, elsewhere it begins a regular expression. */
  Token next(boolean afterOperand) throws SyntaxException {
    skip();
    if (position >= source.length()) {
      return Token.END;
    }
    char current = source.charAt(position);
    if (current == '/' && !afterOperand) {
      return regex();
    }
    for (String pair : PAIRS) {
      if (source.startsWith(pair, position)) {
        return taken(OPERATOR, pair, 2);
      }
    }
    if (SINGLES.indexOf(current) >= 0) {
      return taken(OPERATOR, String.valueOf(current), 1);
    }
    if (current == '"' || current == '\'') {
      return string(current);
    }
    Matcher number = NUMBERS.matcher(source).region(position, source.length());
    if (number.lookingAt()) {
      return taken(NUMBER, number.group(), number.group().length());
    }
    return current == '`' ? quoted() : word();
  }

  private void skip() throws SyntaxException {
    while (position < source.length()) {
      if (SPACES.indexOf(source.charAt(position)) >= 0) {
        position++;
      } else if (source.startsWith("/*", position)) {
        int end = source.indexOf("*/", position + 2);
        if (end < 0) {
          throw new SyntaxException("Comment has no closing tag");
        }
        position = end + 2;
      } else {
        return;
      }
    }
  }

  private Token taken(Token.Kind kind, String text, int length) {
    position += length;
    return new Token(kind, text);
  }

  private Token regex() throws SyntaxException {
    int depth = 0;
    for (int i = position + 1; i < source.length(); i++) {
      switch (source.charAt(i)) {
        case '\\' -> i++;
        case '(', '[', '{' -> depth++;
        case ')', ']', '}' -> depth--;
        case '/' -> {
          if (depth == 0) {
            String pattern = source.substring(position + 1, i);
            if (pattern.isEmpty()) {
              throw new SyntaxException("Empty regular expressions are not allowed");
            }
            position = i + 1;
            while (position < source.length() && "im".indexOf(source.charAt(position)) >= 0) {
              position++;
            }
            return new Token(REGEX, pattern);
          }
        }
        default -> {}
      }
    }
    throw new SyntaxException("No terminating / in regular expression");
  }

  private Token string(char quote) throws SyntaxException {
    StringBuilder text = new StringBuilder();
    for (int i = position + 1; i < source.length(); i++) {
      char current = source.charAt(i);
      if (current == quote) {
        position = i + 1;
        return new Token(STRING, text.toString());
      }
      if (current == '\\') {
        // What the escape means is of no interest here, and the library has checked it.
        i++;
      } else {
        text.append(current);
      }
    }
    throw new SyntaxException("String literal must be terminated by a matching quote");
  }

  private Token quoted() throws SyntaxException {
    int end = source.indexOf('`', position + 1);
    if (end < 0) {
      throw new SyntaxException("Quoted property name must be terminated with a backquote (`)");
    }
    return taken(NAME, source.substring(position + 1, end), end + 1 - position);
  }

  private Token word() {
    int end = position;
    while (end < source.length()
        && SPACES.indexOf(source.charAt(end)) < 0
        && SINGLES.indexOf(source.charAt(end)) < 0) {
      end++;
    }
    String word = source.substring(position, end);
    if (word.startsWith("$")) {
      return taken(VARIABLE, word.substring(1), word.length());
    }
    return switch (word) {
      case "or", "in", "and" -> taken(OPERATOR, word, word.length());
      case "true", "false", "null" -> taken(VALUE, word, word.length());
      default -> taken(NAME, word, word.length());
    };
  }
}
