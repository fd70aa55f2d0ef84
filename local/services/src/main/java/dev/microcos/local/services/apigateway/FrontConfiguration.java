package dev.microcos.local.services.apigateway;

import dev.microcos.local.services.transport.AwsRequest;
import dev.microcos.local.services.transport.AwsResponse;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What stands behind the front's port.
 *
 * @param host the address to bind, {@code 127.0.0.1}
 * @param port 0 for a free one
 * @param http answers what nothing else here takes
 * @param sockets upgrades at {@code /ws}, if there is a WebSocket API
 * @param files the page and its assets, for GET and HEAD; they come before the HTTP API's routes
 * @param mounts whole prefixes such as {@code /oidc}, each answered by a function that gets the
 *     full path
 * @param contentSecurityPolicy goes with every HTML file
 * @param hosts names besides 127.0.0.1, [::1] and localhost under which the front may be called; a
 *     foreign name, as a page that rebinds its DNS would send, gets 403
 */
public record FrontConfiguration(
    String host,
    int port,
    HttpApi http,
    Optional<SocketApi> sockets,
    StaticFiles files,
    Map<String, Function<AwsRequest, AwsResponse>> mounts,
    String contentSecurityPolicy,
    Set<String> hosts) {

  /**
   * A page that loads from its own origin only, talks to this machine only (opened as localhost, it
   * still finds its issuer and its socket at 127.0.0.1), and is framed by nobody.
   */
  public static final String OWN_ORIGIN_ONLY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src"
          + " 'self'; connect-src 'self' http://127.0.0.1:* http://localhost:* ws://127.0.0.1:*"
          + " ws://localhost:*; manifest-src 'self'; base-uri 'none'; form-action 'self';"
          + " frame-ancestors 'none'";

  public FrontConfiguration {
    mounts = Map.copyOf(mounts);
    hosts = Set.copyOf(hosts);
  }
}
