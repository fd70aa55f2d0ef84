package dev.microcos.local.services.apigateway;

import java.util.Optional;
import java.util.Set;

/**
 * One route of an HTTP API.
 *
 * @param key what it takes
 * @param integration what it calls
 * @param authorizer who may call it; without one, everybody
 * @param scopes with an authorizer: the token must have at least one of these, if there are any
 */
public record HttpRoute(
    RouteKey key,
    HttpIntegration integration,
    Optional<JwtAuthorizer> authorizer,
    Set<String> scopes) {

  public HttpRoute {
    scopes = Set.copyOf(scopes);
  }

  /** A route that everybody may call. */
  public static HttpRoute open(String key, HttpIntegration integration) {
    return new HttpRoute(RouteKey.parse(key), integration, Optional.empty(), Set.of());
  }

  /** A route that asks for a token with at least one of the scopes. */
  public static HttpRoute secured(
      String key, HttpIntegration integration, JwtAuthorizer authorizer, Set<String> scopes) {
    return new HttpRoute(RouteKey.parse(key), integration, Optional.of(authorizer), scopes);
  }
}
