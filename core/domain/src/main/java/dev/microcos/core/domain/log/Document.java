package dev.microcos.core.domain.log;

import dev.microcos.core.domain.id.Digest;

/**
 * A JSON value whose shape the rules do not know, in its canonical form (RFC 8785): so equal values
 * are equal texts. Made and read by {@code core/wire}.
 *
 * @param json the canonical text
 */
public record Document(String json) {

  /** {@code {}}. */
  public static final Document EMPTY = new Document("{}");

  public Document {
    if (json.isEmpty()) {
      throw new IllegalArgumentException("no JSON value is empty");
    }
  }

  /** Hex SHA-256 of the canonical form in UTF-8. */
  public String hash() {
    return Digest.hex(json);
  }

  /**
   * Whether this object has every field of another one, with the same value.
   *
   * @param fields an object; no field at all is in every object
   */
  public boolean holds(Document fields) {
    int at = 1;
    while (at < fields.json.length() - 1) {
      int end = endOfValue(fields.json, endOfString(fields.json, at) + 1);
      if (!hasField(fields.json.substring(at, end))) {
        return false;
      }
      at = end + 1;
    }
    return true;
  }

  private boolean hasField(String field) {
    int at = 1;
    while (at < json.length() - 1) {
      int end = endOfValue(json, endOfString(json, at) + 1);
      if (end - at == field.length() && json.startsWith(field, at)) {
        return true;
      }
      at = end + 1;
    }
    return false;
  }

  /** The place after the string that begins at a place. */
  private static int endOfString(String text, int begin) {
    int at = begin + 1;
    while (text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return at + 1;
  }

  /** The place after the value that begins at a place: canonical text has no white space. */
  private static int endOfValue(String text, int begin) {
    int depth = 0;
    int at = begin;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        at = endOfString(text, at);
        continue;
      }
      if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        if (depth == 0) {
          return at;
        }
        depth--;
      } else if (c == ',' && depth == 0) {
        return at;
      }
      at++;
    }
    return at;
  }
}
