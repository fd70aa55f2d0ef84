package dev.microcos.local.services.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.services.transport.AwsResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The issuer's answers. */
final class Answers {

  private Answers() {}

  static AwsResponse json(int status, JsonNode body) {
    return text(status, "application/json", "no-store", body.toString());
  }

  static AwsResponse text(int status, String type, String cacheControl, String body) {
    return new AwsResponse(
        status,
        Map.of(
            "content-type",
            type,
            "cache-control",
            cacheControl,
            "x-content-type-options",
            "nosniff"),
        new AwsResponse.Body.Bytes(body.getBytes(StandardCharsets.UTF_8)));
  }

  static AwsResponse error(int status, String error, String description) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("error", error);
    body.put("error_description", description);
    return json(status, body);
  }

  /** Text safe between tags and in quoted attributes. */
  static String html(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
