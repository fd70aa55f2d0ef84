package dev.microcos.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.microcos.core.application.InvalidRequest;
import java.util.Map;

/** Takes control characters out of texts; line breaks and tabs stay. Markup stays text. */
public final class Sanitizer {

  private Sanitizer() {}

  /**
   * Cleans every text of an object, at any depth. The object itself is changed.
   *
   * @throws InvalidRequest if a number is larger than any that can be kept, or the name of a field
   *     has what is taken out of texts
   */
  public static void clean(ObjectNode object) {
    clean(object, "");
  }

  private static void clean(ObjectNode object, String pointer) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!clean(field.getKey()).equals(field.getKey())) {
        throw new InvalidRequest(pointer, "has a field whose name holds a control character");
      }
      field.setValue(cleaned(field.getValue(), pointer + "/" + Schemas.escaped(field.getKey())));
    }
  }

  private static JsonNode cleaned(JsonNode value, String pointer) {
    if (value instanceof ObjectNode inner) {
      clean(inner, pointer);
    } else if (value instanceof ArrayNode items) {
      for (int i = 0; i < items.size(); i++) {
        items.set(i, cleaned(items.get(i), pointer + "/" + i));
      }
    } else if (value.isNumber() && !Double.isFinite(value.doubleValue())) {
      throw new InvalidRequest(pointer, "is too large a number");
    } else if (value.isTextual()) {
      String clean = clean(value.textValue());
      return clean.equals(value.textValue()) ? value : TextNode.valueOf(clean);
    }
    return value;
  }

  private static String clean(String text) {
    int i = 0;
    while (i < text.length() && !unwanted(text, i)) {
      i++;
    }
    if (i == text.length()) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text.length()).append(text, 0, i);
    for (; i < text.length(); i++) {
      if (!unwanted(text, i)) {
        clean.append(text.charAt(i));
      }
    }
    return clean.toString();
  }

  /**
   * Controls, halves of surrogate pairs, which no UTF-8 can hold, and the two that are no
   * characters, which no message of SQS can hold (API reference of SendMessage).
   */
  private static boolean unwanted(String text, int at) {
    char c = text.charAt(at);
    if (Character.isISOControl(c)) {
      return c != '\n' && c != '\t' && c != '\r';
    }
    if (c >= '\ufffe') {
      return true;
    }
    if (Character.isHighSurrogate(c)) {
      return at + 1 >= text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    return Character.isLowSurrogate(c)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }
}
