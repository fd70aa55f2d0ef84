package dev.microcos.local.services.apigateway;

import dev.microcos.local.services.transport.AwsRequest;
import dev.microcos.local.services.transport.AwsResponse;
import dev.microcos.local.services.transport.AwsService;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * The API Gateway Management API: {@code POST}, {@code GET} and {@code DELETE} of {@code
 * /@connections/{id}}, with or without a stage before it. A post is answered as soon as it is in
 * the socket's order; whether it arrives is not promised, as on AWS.
 */
public final class ConnectionsService implements AwsService {

  private static final String CONNECTIONS = "@connections";

  private final SocketApi api;

  /** The management API of one WebSocket API. */
  public ConnectionsService(SocketApi api) {
    this.api = api;
  }

  @Override
  public String signingName() {
    return "execute-api";
  }

  @Override
  public AwsResponse handle(AwsRequest request) {
    Optional<String> id = connectionId(request.path());
    if (id.isEmpty()) {
      return error(404, "NotFoundException", "Not Found");
    }
    return switch (request.method()) {
      case "POST" -> post(id.get(), request.body());
      case "GET" -> describe(id.get());
      case "DELETE" -> delete(id.get());
      default -> error(405, "MethodNotAllowedException", "Method Not Allowed");
    };
  }

  private AwsResponse post(String id, byte[] data) {
    return switch (api.post(id, data)) {
      case SENT -> AwsResponse.json(200, new byte[0]);
      case GONE -> gone();
      case TOO_LARGE ->
          error(413, "PayloadTooLargeException", "The payload is larger than 131072 bytes");
    };
  }

  private AwsResponse describe(String id) {
    Optional<SocketConnection> connection = api.find(id);
    if (connection.isEmpty()) {
      return gone();
    }
    SocketPeer peer = connection.get().peer();
    String body =
        "{\"connectedAt\":\"%s\",\"identity\":{\"sourceIp\":\"%s\",\"userAgent\":\"%s\"},\"lastActiveAt\":\"%s\"}"
            .formatted(
                peer.connectedAt(),
                peer.sourceIp(),
                escape(peer.userAgent()),
                connection.get().lastActiveAt());
    return AwsResponse.json(200, body.getBytes(StandardCharsets.UTF_8));
  }

  private AwsResponse delete(String id) {
    Optional<SocketConnection> connection = api.find(id);
    if (connection.isEmpty()) {
      return gone();
    }
    connection.get().close(org.eclipse.jetty.websocket.core.CloseStatus.NORMAL, "");
    return new AwsResponse(204, Map.of(), new AwsResponse.Body.Bytes(new byte[0]));
  }

  private static AwsResponse gone() {
    return error(410, "GoneException", "Gone");
  }

  private static AwsResponse error(int status, String type, String message) {
    byte[] body = ("{\"message\":\"" + message + "\"}").getBytes(StandardCharsets.UTF_8);
    return new AwsResponse(
        status,
        Map.of("content-type", "application/json", "x-amzn-errortype", type),
        new AwsResponse.Body.Bytes(body));
  }

  /** What follows {@code /@connections/}, decoded; nothing if the path is another. */
  private static Optional<String> connectionId(String path) {
    try {
      String[] parts = path.substring(Math.min(1, path.length())).split("/", -1);
      for (int i = 0; i < Math.min(2, parts.length - 1); i++) {
        if (Percent.decode(parts[i]).equals(CONNECTIONS)
            && i == parts.length - 2
            && !parts[i + 1].isEmpty()) {
          return Optional.of(Percent.decode(parts[i + 1]));
        }
      }
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String escape(String text) {
    return new String(
        com.fasterxml.jackson.core.io.JsonStringEncoder.getInstance().quoteAsString(text));
  }
}
