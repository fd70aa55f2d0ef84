package dev.microcos.local.stepfunctions.expression;

import com.dashjoin.jsonata.JException;
import org.jspecify.annotations.Nullable;

/** Turns what the library throws into AWS's words, which are those of JSONata's reference. */
final class Failures {

  private static final String UNKNOWN = "JSONataException ";
  private static final String NO_NUMBER = "For input string: ";

  private Failures() {}

  /** Why an expression cannot be read. */
  static String syntax(Throwable failure) {
    return switch (failure) {
      case JException e -> text(e);
      case StackOverflowError e -> "The expression is nested too deeply";
      default -> "Unexpected end of expression";
    };
  }

  /** Why an expression has no value, with the code of JSONata's reference if it has one. */
  static String evaluation(Throwable failure) {
    Throwable root = failure;
    while (!(root instanceof JException) && root.getCause() != null) {
      root = root.getCause();
    }
    String message = String.valueOf(root.getMessage());
    return switch (root) {
      case JException e -> code(e) + text(e);
      case NumberFormatException e when message.startsWith(NO_NUMBER) ->
          "D3030: Unable to cast value to a number: " + message.substring(NO_NUMBER.length());
      case StackOverflowError e -> "Stack overflow error";
      default -> message;
    };
  }

  /**
   * The infinite number, by its JavaScript name, that the library refuses as the result of
   * arithmetic; null if the failure is another one. AWS gives such a result as this text.
   */
  static @Nullable String infinity(Throwable failure) {
    return failure instanceof JException e
            && e.getError().equals("D1001")
            && e.getCurrent() instanceof Double number
        ? number.toString()
        : null;
  }

  private static String code(JException e) {
    return isCode(e.getError()) ? e.getError() + ": " : "";
  }

  private static boolean isCode(String error) {
    return error.matches("[DST]\\d{4}");
  }

  /** The library says Object where the reference says function, and puts numbers into quotes. */
  private static String text(JException e) {
    String message = String.valueOf(e.getMessage());
    if (message.startsWith(UNKNOWN)) {
      return message.substring(UNKNOWN.length());
    }
    return switch (e.getError()) {
      case "D3137", "D3141" -> message;
      default ->
          message
              .replaceFirst("Argument \"(\\d+)\" of Object", "Argument $1 of function")
              .replace(" Object ", " function ");
    };
  }
}
