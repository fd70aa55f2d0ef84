package dev.microcos.local.services.apigateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.WebSocketHandshakeException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Who may open a socket, and how an upgrade is to be asked for. */
class SocketUpgradeTest extends OpenSockets {

  @Nested
  class An_upgrade {
    @Test
    void asks_the_authorizer_and_then_connect() throws Exception {
      open("?ticket=t%201&more=2", new Heard());
      APIGatewayCustomAuthorizerEvent question = asked.take();
      APIGatewayV2WebSocketEvent connect = next();

      assertThat(question.getType()).isEqualTo("REQUEST");
      assertThat(question.getMethodArn())
          .isEqualTo("arn:aws:execute-api:us-east-1:000000000000:sockets/dev/$connect");
      assertThat(connect.getQueryStringParameters())
          .isEqualTo(Map.of("ticket", "t 1", "more", "2"));
      assertThat(connect.getRequestContext().getRouteKey()).isEqualTo("$connect");
      assertThat(connect.getRequestContext().getEventType()).isEqualTo("CONNECT");
      assertThat(connect.getRequestContext().getStage()).isEqualTo("dev");
      assertThat(connect.getRequestContext().getConnectedAt())
          .isEqualTo(Clock.START.toEpochMilli());
      assertThat(connect.getRequestContext().getAuthorizer())
          .isEqualTo(Map.of("user_id", "usr_t 1", "generation", "3", "principalId", "t 1"));
    }

    @Test
    void is_refused_by_authorizer_or_integration() {
      assertThat(status("")).isEqualTo(401);
      assertThat(status("?ticket=")).isEqualTo(401);
      assertThat(asked).isEmpty();
      assertThat(status("?ticket=unknown")).isEqualTo(401);
      assertThat(status("?ticket=deny")).isEqualTo(403);
      assertThat(status("?ticket=broken")).isEqualTo(500);
      assertThat(events).isEmpty();
      assertThat(status("?ticket=t&full=1")).isEqualTo(429);
      assertThat(api.connections()).isEmpty();
    }

    @Test
    void that_is_malformed_spends_no_ticket() throws Exception {
      String host = "GET /ws?ticket=t HTTP/1.1\r\nHost: 127.0.0.1\r\n";
      String upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\n";
      assertThat(raw(host + "\r\n")).startsWith("HTTP/1.1 426");
      assertThat(raw(host + upgrade + KEY + "Sec-WebSocket-Version: 8\r\n\r\n"))
          .startsWith("HTTP/1.1 426")
          .containsIgnoringCase("sec-websocket-version: 13");
      assertThat(raw(host + upgrade + "Sec-WebSocket-Version: 13\r\n\r\n"))
          .startsWith("HTTP/1.1 400");
      assertThat(raw(host + upgrade + "Sec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n\r\n"))
          .startsWith("HTTP/1.1 400");
      assertThat(raw(host + "Upgrade: websocket\r\n" + KEY + "Sec-WebSocket-Version: 13\r\n\r\n"))
          .startsWith("HTTP/1.1 400");
      assertThat(
              raw("POST" + host.substring(3) + upgrade + KEY + "Sec-WebSocket-Version: 13\r\n\r\n"))
          .startsWith("HTTP/1.1 400");
      assertThat(asked).isEmpty();
      assertThat(events).isEmpty();
    }
  }

  @Test
  void wildcards_are_those_of_iam() {
    assertThat(SocketAdmission.glob("arn:*:a?c/*", "arn:aws:abc/dev/$connect")).isTrue();
    assertThat(SocketAdmission.glob("*", "")).isTrue();
    assertThat(SocketAdmission.glob("a*b", "axxc")).isFalse();
    assertThat(SocketAdmission.glob("a", "ab")).isFalse();
  }

  private int status(String query) {
    try {
      open(query, new Heard()).abort();
      return 101;
    } catch (CompletionException e) {
      return e.getCause() instanceof WebSocketHandshakeException refused
          ? refused.getResponse().statusCode()
          : -1;
    }
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), front.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(UTF_8));
      socket.getOutputStream().flush();
      byte[] answer = new byte[4096];
      int length = socket.getInputStream().read(answer);
      return new String(answer, 0, Math.max(0, length), UTF_8);
    }
  }
}
