package dev.microcos.local.services.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The words and signs of an expression, read one by one. */
final class Tokens {

  private static final String END = "<EOF>";

  private final String expression;
  private final List<String> tokens = new ArrayList<>();
  private int next;

  /** Splits a text; the name of the expression is for messages. */
  Tokens(String expression, String text) {
    this.expression = expression;
    if (text.isBlank()) {
      throw DynamoRefusal.invalid("Invalid " + expression + ": The expression can not be empty;");
    }
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else {
        int end = end(text, at);
        tokens.add(text.substring(at, end));
        at = end;
      }
    }
  }

  private int end(String text, int start) {
    char c = text.charAt(start);
    int end = start + 1;
    if (c == '#' || c == ':' || isWord(c)) {
      while (end < text.length() && isWord(text.charAt(end))) {
        end++;
      }
      return end;
    }
    if ((c == '<' || c == '>') && end < text.length()) {
      char second = text.charAt(end);
      return second == '=' || (c == '<' && second == '>') ? end + 1 : end;
    }
    if ("=()[],.+-".indexOf(c) < 0) {
      throw DynamoRefusal.invalid(
          "Invalid "
              + expression
              + ": Syntax error; token: \""
              + c
              + "\", near: \""
              + text.substring(Math.max(0, start - 5), Math.min(text.length(), start + 5))
              + "\"");
    }
    return end;
  }

  static boolean isWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  String expression() {
    return expression;
  }

  String peek() {
    return next < tokens.size() ? tokens.get(next) : END;
  }

  String peekSecond() {
    return next + 1 < tokens.size() ? tokens.get(next + 1) : END;
  }

  String take() {
    String token = peek();
    next++;
    return token;
  }

  boolean isAtEnd() {
    return next >= tokens.size();
  }

  /** Whether a keyword comes next, in any case. */
  boolean isNext(String keyword) {
    return peek().toUpperCase(Locale.ROOT).equals(keyword);
  }

  /** Takes a keyword or sign if it comes next. */
  boolean takeIf(String keyword) {
    boolean there = isNext(keyword);
    next += there ? 1 : 0;
    return there;
  }

  void expect(String keyword) {
    if (!takeIf(keyword)) {
      throw syntaxError();
    }
  }

  void expectEnd() {
    if (!isAtEnd()) {
      throw syntaxError();
    }
  }

  DynamoRefusal syntaxError() {
    int from = Math.max(0, Math.min(next, tokens.size()) - 1);
    int to = Math.min(tokens.size(), next + 2);
    return DynamoRefusal.invalid(
        "Invalid "
            + expression
            + ": Syntax error; token: \""
            + peek()
            + "\", near: \""
            + String.join(" ", tokens.subList(Math.min(from, to), to))
            + "\"");
  }
}
