package dev.microcos.local.stepfunctions.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.stepfunctions.json.Json;
import java.nio.charset.StandardCharsets;

/** An answer of the API: an HTTP status and a JSON object. */
public record Answer(int status, ObjectNode body) {

  /** The content type of every answer. */
  public static final String CONTENT_TYPE = "application/x-amz-json-1.0";

  /** The body as it goes over the wire. */
  public byte[] bytes() {
    return Json.text(body).getBytes(StandardCharsets.UTF_8);
  }

  static Answer refusal(int status, String type, String message) {
    return new Answer(status, Json.object().put("__type", type).put("message", message));
  }
}
