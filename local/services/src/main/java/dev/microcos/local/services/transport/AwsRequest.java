package dev.microcos.local.services.transport;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request to an AWS service, as it arrives.
 *
 * @param method HTTP method in upper case
 * @param path the path as sent, still percent-encoded, beginning with a slash
 * @param query the raw query string without the question mark, empty if none
 * @param headers by lower-case name; a repeated header is joined by a comma
 * @param body the payload, empty if none
 */
public record AwsRequest(
    String method, String path, String query, Map<String, String> headers, byte[] body) {

  /** The header's value, or null; the name is given in lower case. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /**
   * What follows the dot in {@code X-Amz-Target} of the AWS JSON protocols, or the empty string.
   */
  public String operation() {
    String target = headers.getOrDefault("x-amz-target", "");
    return target.substring(target.indexOf('.') + 1);
  }
}
