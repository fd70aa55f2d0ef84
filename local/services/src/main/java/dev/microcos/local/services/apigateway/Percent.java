package dev.microcos.local.services.apigateway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Percent-encoding. */
final class Percent {

  private Percent() {}

  /**
   * A decoded path; a plus sign stays one.
   *
   * @throws IllegalArgumentException if an escape is broken
   */
  static String decode(String path) {
    return path.indexOf('%') < 0
        ? path
        : URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /**
   * A decoded name or value of a query string, where a plus sign is a space; a broken escape stays
   * as it is.
   */
  static String decodeQuery(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
