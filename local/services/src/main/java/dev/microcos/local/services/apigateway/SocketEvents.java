package dev.microcos.local.services.apigateway;

import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent.RequestIdentity;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** What happens on a WebSocket API as events for its integrations. */
final class SocketEvents {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final ApiAddress address;
  private final InstantSource clock;

  SocketEvents(ApiAddress address, InstantSource clock) {
    this.address = address;
    this.clock = clock;
  }

  String newRequestId() {
    return RequestIds.next(ThreadLocalRandom.current());
  }

  APIGatewayCustomAuthorizerEvent authorize(FrontRequest request, SocketPeer peer) {
    return APIGatewayCustomAuthorizerEvent.builder()
        .withType("REQUEST")
        .withMethodArn(address.methodArn("$connect"))
        .withHeaders(request.headers())
        .withQueryStringParameters(Query.last(Query.parse(request.query())))
        .withPathParameters(Map.of())
        .withStageVariables(Map.of())
        .withRequestContext(
            APIGatewayCustomAuthorizerEvent.RequestContext.builder()
                .withAccountId(address.accountId())
                .withApiId(address.apiId())
                .withStage(address.stage())
                .withRequestId(newRequestId())
                .withIdentity(
                    APIGatewayCustomAuthorizerEvent.Identity.builder()
                        .withSourceIp(peer.sourceIp())
                        .build())
                .build())
        .build();
  }

  APIGatewayV2WebSocketEvent connect(FrontRequest request, SocketPeer peer) {
    APIGatewayV2WebSocketEvent event = event(peer, "$connect", "CONNECT", newRequestId());
    event.setHeaders(request.headers());
    event.setMultiValueHeaders(
        request.headers().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue()))));
    Map<String, List<String>> query = Query.parse(request.query());
    if (!query.isEmpty()) {
      event.setQueryStringParameters(Query.last(query));
      event.setMultiValueQueryStringParameters(query);
    }
    return event;
  }

  APIGatewayV2WebSocketEvent message(
      SocketPeer peer, String routeKey, String body, boolean base64, String requestId) {
    APIGatewayV2WebSocketEvent event = event(peer, routeKey, "MESSAGE", requestId);
    event.getRequestContext().setMessageId(newRequestId());
    event.setBody(body);
    event.setIsBase64Encoded(base64);
    return event;
  }

  APIGatewayV2WebSocketEvent disconnect(SocketPeer peer) {
    return event(peer, "$disconnect", "DISCONNECT", newRequestId());
  }

  private APIGatewayV2WebSocketEvent event(
      SocketPeer peer, String routeKey, String type, String requestId) {
    Instant now = clock.instant();
    RequestContext context = new RequestContext();
    context.setAccountId(address.accountId());
    context.setApiId(address.apiId());
    context.setDomainName(address.domainName());
    context.setStage(address.stage());
    context.setConnectionId(peer.connectionId());
    context.setConnectedAt(peer.connectedAt().toEpochMilli());
    context.setRouteKey(routeKey);
    context.setEventType(type);
    context.setMessageDirection("IN");
    context.setRequestId(requestId);
    context.setExtendedRequestId(requestId);
    context.setRequestTime(TIME.format(now));
    context.setRequestTimeEpoch(now.toEpochMilli());
    if (!peer.authorizer().isEmpty()) {
      context.setAuthorizer(peer.authorizer());
    }
    RequestIdentity identity = new RequestIdentity();
    identity.setSourceIp(peer.sourceIp());
    identity.setUserAgent(peer.userAgent());
    context.setIdentity(identity);
    APIGatewayV2WebSocketEvent event = new APIGatewayV2WebSocketEvent();
    event.setRequestContext(context);
    event.setIsBase64Encoded(false);
    return event;
  }

  /** The subprotocol that {@code $connect} answered with, or the empty string. */
  static String protocol(APIGatewayV2WebSocketResponse response) {
    if (response.getHeaders() == null) {
      return "";
    }
    return response.getHeaders().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("Sec-WebSocket-Protocol"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }
}
