package dev.microcos.local.stepfunctions.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.stepfunctions.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Answers of services in the shape that the optimized integrations give them. */
public final class Answers {

  private Answers() {}

  /** An answer with the metadata of the call, which AWS adds. */
  public static JsonNode withMetadata(ObjectNode answer, String key) {
    String requestId = requestId(key);
    String length = Integer.toString(Json.text(answer).length());
    ObjectNode metadata = answer.putObject("SdkHttpMetadata");
    ObjectNode all = metadata.putObject("AllHttpHeaders");
    all.putArray("x-amzn-RequestId").add(requestId);
    all.putArray("Content-Length").add(length);
    all.putArray("Content-Type").add("application/x-amz-json-1.0");
    metadata
        .putObject("HttpHeaders")
        .put("x-amzn-RequestId", requestId)
        .put("Content-Length", length)
        .put("Content-Type", "application/x-amz-json-1.0");
    metadata.put("HttpStatusCode", 200);
    answer.putObject("SdkResponseMetadata").put("RequestId", requestId);
    return answer;
  }

  /** What Lambda's answer to an invocation is. */
  public static JsonNode invocation(JsonNode payload, int status, String key) {
    ObjectNode answer = Json.object().put("ExecutedVersion", "$LATEST");
    answer.set("Payload", payload);
    String requestId = requestId(key);
    String length = Integer.toString(Json.text(payload).length());
    ObjectNode metadata = answer.putObject("SdkHttpMetadata");
    ObjectNode all = metadata.putObject("AllHttpHeaders");
    all.putArray("X-Amz-Executed-Version").add("$LATEST");
    all.putArray("x-amzn-RequestId").add(requestId);
    all.putArray("Content-Length").add(length);
    all.putArray("Content-Type").add("application/json");
    metadata
        .putObject("HttpHeaders")
        .put("X-Amz-Executed-Version", "$LATEST")
        .put("x-amzn-RequestId", requestId)
        .put("Content-Length", length)
        .put("Content-Type", "application/json");
    metadata.put("HttpStatusCode", status);
    answer.putObject("SdkResponseMetadata").put("RequestId", requestId);
    return answer.put("StatusCode", status);
  }

  /** A request's id, made of the task's key. */
  public static String requestId(String key) {
    return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
