package dev.microcos.functions.ingress;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.microcos.core.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * An answer.
 *
 * @param headers by lower-case name
 * @param body JSON mostly, or empty
 */
record Reply(int status, Map<String, String> headers, String body) {

  static Reply json(int status, Json.Writing body) {
    return new Reply(
        status,
        Map.of("content-type", "application/json", "cache-control", "no-store"),
        new String(Json.bytes(body), StandardCharsets.UTF_8));
  }

  static Reply text(String type, String body) {
    return new Reply(200, Map.of("content-type", type, "cache-control", "no-store"), body);
  }

  static Reply empty(int status) {
    return new Reply(status, Map.of(), "");
  }

  Reply with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Reply(status, more, body);
  }

  APIGatewayV2HTTPResponse toEvent() {
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(status)
        .withHeaders(headers)
        .withBody(body)
        .withIsBase64Encoded(false)
        .build();
  }
}
