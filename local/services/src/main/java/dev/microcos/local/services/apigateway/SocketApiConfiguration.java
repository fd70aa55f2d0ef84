package dev.microcos.local.services.apigateway;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A WebSocket API as CloudFormation describes it.
 *
 * @param address where it lives; its stage and domain are in every event
 * @param routes integrations by route key: {@code $connect}, {@code $disconnect}, {@code $default}
 *     and keys of one's own, which {@code $request.body.action} selects
 * @param authorizer asked at {@code $connect}, if there is one
 */
public record SocketApiConfiguration(
    ApiAddress address, Map<String, SocketIntegration> routes, Optional<Authorizer> authorizer) {

  public SocketApiConfiguration {
    routes = Map.copyOf(routes);
  }

  /**
   * A Lambda REQUEST authorizer.
   *
   * @param identitySources such as {@code route.request.querystring.ticket}; if one is missing or
   *     empty the answer is 401 and the authorizer is not asked
   */
  public record Authorizer(SocketAuthorizerIntegration integration, List<String> identitySources) {
    public Authorizer {
      identitySources = List.copyOf(identitySources);
    }
  }
}
