package dev.microcos.bench;

import java.nio.charset.StandardCharsets;

/**
 * The answer to one request.
 *
 * @param status HTTP status code
 * @param body the whole body, unchunked
 */
record HttpReply(int status, byte[] body) {

  /** The body as text, for messages to people. */
  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
