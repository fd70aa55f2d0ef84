package dev.microcos.local.stepfunctions.expression;

import com.fasterxml.jackson.databind.JsonNode;

/** How an expression stands in a template: a string that begins and ends with its marks. */
public final class Template {

  private static final String OPEN = "{%";
  private static final String CLOSE = "%}";

  private Template() {}

  /** Whether this is a string {@code {% … %}}. */
  public static boolean isExpression(JsonNode node) {
    return node.isTextual() && isExpression(node.textValue());
  }

  private static boolean isExpression(String text) {
    return text.length() >= 4 && text.startsWith(OPEN) && text.endsWith(CLOSE);
  }

  /**
   * Whether only one end of a string has its mark. With spaces before or behind its marks, it is a
   * text like any other, as on AWS.
   */
  public static boolean isMalformed(String text) {
    return !isExpression(text) && (text.startsWith(OPEN) || text.endsWith(CLOSE));
  }

  /** The expression's text without marks and spaces around. */
  public static String source(JsonNode expression) {
    String text = expression.textValue();
    return text.substring(OPEN.length(), text.length() - CLOSE.length()).strip();
  }
}
