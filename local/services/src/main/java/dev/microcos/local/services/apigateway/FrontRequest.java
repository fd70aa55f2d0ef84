package dev.microcos.local.services.apigateway;

import java.util.List;
import java.util.Map;

/**
 * One HTTP request as the front received it.
 *
 * @param method in upper case
 * @param path still percent-encoded, beginning with a slash
 * @param query the raw query string without the question mark, empty if none
 * @param headers by lower-case name, without the cookies; a repeated header is joined by a comma
 * @param cookies each as {@code name=value}
 * @param body the payload, empty if none
 * @param protocol such as {@code HTTP/1.1}
 * @param sourceIp the peer's address
 */
public record FrontRequest(
    String method,
    String path,
    String query,
    Map<String, String> headers,
    List<String> cookies,
    byte[] body,
    String protocol,
    String sourceIp) {

  /** The header's value, or the empty string; the name is given in lower case. */
  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** The same request with these headers in place of its own. */
  FrontRequest with(Map<String, String> others) {
    return new FrontRequest(method, path, query, others, cookies, body, protocol, sourceIp);
  }
}
