package dev.microcos.local.services.apigateway;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;

/**
 * What every event of a socket says about it.
 *
 * @param authorizer the authorizer's context with {@code principalId}; empty without an authorizer
 */
record SocketPeer(
    String connectionId,
    Instant connectedAt,
    String sourceIp,
    String userAgent,
    Map<String, Object> authorizer) {

  private static final SecureRandom RANDOM = new SecureRandom();

  static SocketPeer of(FrontRequest request, Instant now) {
    return new SocketPeer(
        RequestIds.next(RANDOM), now, request.sourceIp(), request.header("user-agent"), Map.of());
  }

  SocketPeer with(Map<String, Object> context) {
    return new SocketPeer(connectionId, connectedAt, sourceIp, userAgent, Map.copyOf(context));
  }

  String principal() {
    return String.valueOf(authorizer.getOrDefault("principalId", ""));
  }
}
