package dev.microcos.local.services.apigateway;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.exception.WebSocketException;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;

/**
 * Turns a request into a socket once the API let it in. A malformed upgrade costs no ticket: the
 * API is not asked.
 */
final class SocketUpgrade {

  private static final int KEY_BYTES = 16;

  private final SocketApi api;
  private final WebSocketMappings mappings;

  SocketUpgrade(SocketApi api, Server server) {
    this.api = api;
    this.mappings =
        new WebSocketMappings(WebSocketServerComponents.ensureWebSocketComponents(server));
  }

  void handle(FrontRequest asked, Request request, Response response, Callback callback) {
    if (!asked.header("upgrade").equalsIgnoreCase("websocket")) {
      FrontResponse refusal =
          FrontResponse.message(426, "Upgrade Required").with("upgrade", "websocket");
      FrontHandler.send(refusal.with("connection", "upgrade"), response, callback);
    } else if (!asked.header("sec-websocket-version").equals("13")) {
      FrontResponse refusal =
          FrontResponse.message(426, "Upgrade Required").with("sec-websocket-version", "13");
      FrontHandler.send(refusal, response, callback);
    } else if (!isWellFormed(asked)) {
      FrontHandler.send(FrontResponse.message(400, "Bad Request"), response, callback);
    } else {
      switch (api.connect(asked)) {
        case SocketApi.Admission.Refused(FrontResponse refusal) ->
            FrontHandler.send(refusal, response, callback);
        case SocketApi.Admission.Granted granted -> upgrade(granted, request, response, callback);
      }
    }
  }

  private static boolean isWellFormed(FrontRequest asked) {
    boolean connection =
        List.of(asked.header("connection").toLowerCase(Locale.ROOT).split(" *, *", -1))
            .contains("upgrade");
    try {
      return asked.method().equals("GET")
          && asked.protocol().equals("HTTP/1.1")
          && connection
          && Base64.getDecoder().decode(asked.header("sec-websocket-key")).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void upgrade(
      SocketApi.Admission.Granted granted, Request request, Response response, Callback callback) {
    SocketConnection connection = granted.connection();
    Callback sent =
        new Callback.Nested(callback) {
          @Override
          public void failed(Throwable failure) {
            connection.leave();
            super.failed(failure);
          }
        };
    if (!negotiate(granted, request, response, sent)) {
      connection.leave();
      FrontHandler.send(FrontResponse.message(400, "Bad Request"), response, callback);
    }
  }

  private boolean negotiate(
      SocketApi.Admission.Granted granted, Request request, Response response, Callback callback) {
    try {
      Negotiator negotiator = new Negotiator(granted);
      return mappings.upgrade(negotiator, request, response, callback, negotiator);
    } catch (WebSocketException e) {
      return false;
    }
  }

  private record Negotiator(SocketApi.Admission.Granted granted) implements WebSocketNegotiator {

    @Override
    public FrameHandler negotiate(
        ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
      response.setExtensions(List.of()); // API Gateway does not compress
      if (!granted.protocol().isEmpty() && request.hasSubProtocol(granted.protocol())) {
        response.setAcceptedSubProtocol(granted.protocol());
      }
      return granted.connection();
    }

    @Override
    public void customize(Configuration configuration) {
      configuration.setAutoFragment(false);
      configuration.setMaxFrameSize(SocketConnection.LARGEST_FRAME);
      configuration.setIdleTimeout(Duration.ZERO); // the API's clock decides
    }
  }
}
