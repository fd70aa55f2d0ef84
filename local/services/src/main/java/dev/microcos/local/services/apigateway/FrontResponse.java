package dev.microcos.local.services.apigateway;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The answer to a {@link FrontRequest}.
 *
 * @param status HTTP status
 * @param headers in order; a name may come more than once
 * @param body the payload, empty if none
 */
public record FrontResponse(int status, List<Map.Entry<String, String>> headers, byte[] body) {

  /** API Gateway's own refusal: {@code {"message":"…"}}; the text must need no escaping. */
  public static FrontResponse message(int status, String text) {
    return new FrontResponse(
        status,
        List.of(Map.entry("content-type", "application/json")),
        ("{\"message\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8));
  }

  /** This answer with one more header. */
  FrontResponse with(String name, String value) {
    List<Map.Entry<String, String>> more = new java.util.ArrayList<>(headers);
    more.add(Map.entry(name, value));
    return new FrontResponse(status, more, body);
  }

  /** This answer without a header. */
  FrontResponse without(String name) {
    List<Map.Entry<String, String>> rest =
        headers.stream().filter(header -> !header.getKey().equals(name)).toList();
    return new FrontResponse(status, rest, body);
  }
}
