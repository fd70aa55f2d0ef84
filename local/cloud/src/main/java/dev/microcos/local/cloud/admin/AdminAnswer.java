package dev.microcos.local.cloud.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;

/**
 * What the admin port answers.
 *
 * @param status HTTP status
 */
public record AdminAnswer(int status, String contentType, byte[] body) {

  /** A JSON value. */
  public static AdminAnswer json(int status, JsonNode value) {
    return new AdminAnswer(
        status, "application/json", value.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Plain text in the given format. */
  public static AdminAnswer text(String contentType, String text) {
    return new AdminAnswer(200, contentType, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A refusal as RFC 9457 has it. */
  public static AdminAnswer problem(int status, String title, String detail) {
    JsonNode problem =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "about:blank")
            .put("title", title)
            .put("status", status)
            .put("detail", detail);
    return new AdminAnswer(
        status, "application/problem+json", problem.toString().getBytes(StandardCharsets.UTF_8));
  }
}
