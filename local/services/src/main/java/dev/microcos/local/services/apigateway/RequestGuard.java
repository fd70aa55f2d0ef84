package dev.microcos.local.services.apigateway;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Keeps web pages of other hosts out of a port on the person's own machine: a name that is not ours
 * (rebound DNS) and a foreign {@code Origin} (a form or script elsewhere) get 403. API Gateway
 * answers an unknown host so too.
 */
final class RequestGuard {

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]", "::1");

  private final Set<String> hosts;

  RequestGuard(Set<String> hosts) {
    this.hosts = hosts;
  }

  Optional<FrontResponse> check(Request request) {
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    boolean foreign = !isOurs(Request.getServerName(request)) || !isOurOrigin(origin);
    return foreign ? Optional.of(FrontResponse.message(403, "Forbidden")) : Optional.empty();
  }

  private boolean isOurOrigin(@org.jspecify.annotations.Nullable String origin) {
    if (origin == null) {
      return true;
    }
    try {
      String host = URI.create(origin).getHost();
      return host != null && isOurs(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private boolean isOurs(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return LOOPBACK.contains(name) || hosts.contains(name);
  }
}
