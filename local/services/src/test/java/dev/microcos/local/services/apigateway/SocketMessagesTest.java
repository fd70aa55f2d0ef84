package dev.microcos.local.services.apigateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a client sends: its route, its place in line, and how large it may be. */
class SocketMessagesTest extends OpenSockets {

  @Nested
  class A_message {
    @Test
    void goes_to_the_route_of_its_action_or_the_default_one() throws Exception {
      WebSocket socket = open("?ticket=t", new Heard());
      String id = connected();
      for (String text :
          List.of(
              "{\"x\":{\"action\":\"special\"},\"action\":\"ping\"}",
              "not json",
              "{\"action\":\"$connect\"}",
              "{\"a\":[1],\"action\":\"special\"}")) {
        socket.sendText(text, true).join();
      }
      List<String> routes = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        APIGatewayV2WebSocketEvent event = next();
        routes.add(event.getRequestContext().getRouteKey());
        assertThat(event.getRequestContext().getConnectionId()).isEqualTo(id);
        assertThat(event.getRequestContext().getEventType()).isEqualTo("MESSAGE");
        assertThat(event.getRequestContext().getAuthorizer()).containsEntry("user_id", "usr_t");
      }
      assertThat(routes).containsExactly("$default", "$default", "$default", "special");
    }

    @Test
    void keeps_its_place_in_line_and_its_pieces() throws Exception {
      WebSocket socket = open("?ticket=t", new Heard());
      connected();
      String large = "é".repeat(60 * 1024);
      socket.sendText(large.substring(0, 10_000), false).join();
      socket.sendText(large.substring(10_000, 20_000), false).join();
      socket.sendText(large.substring(20_000, 32_000), false).join();
      socket.sendText(large.substring(32_000, 46_000), false).join();
      socket.sendText(large.substring(46_000), true).join();
      assertThat(next().getBody()).isEqualTo(large);
      for (int i = 0; i < 500; i++) {
        socket.sendText("m" + i, true).join();
      }
      for (int i = 0; i < 500; i++) {
        assertThat(next().getBody()).isEqualTo("m" + i);
      }
    }

    @Test
    void whose_integration_fails_is_answered_without_the_reason() throws Exception {
      Heard heard = new Heard();
      WebSocket socket = open("?ticket=t", heard);
      String id = connected();
      socket.sendText("explode", true).join();
      assertThat(heard.texts.poll(10, TimeUnit.SECONDS))
          .contains("\"message\": \"Internal server error\"", id)
          .doesNotContain("secret");
      socket.sendText("still here", true).join();
      next();
      assertThat(next().getBody()).isEqualTo("still here");
    }

    @Test
    void of_more_than_128_kilobytes_closes_with_1009() throws Exception {
      Heard heard = new Heard();
      WebSocket socket = open("?ticket=t", heard);
      connected();
      for (int i = 0; i < 4; i++) {
        socket.sendText("a".repeat(32 * 1024), false).join();
      }
      socket.sendText("a", true).join();
      assertThat(heard.closeCode()).isEqualTo(1009);
      assertThat(next().getRequestContext().getEventType()).isEqualTo("DISCONNECT");
    }

    @Test
    void in_a_frame_of_more_than_32_kilobytes_closes_with_1009() throws Exception {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), front.port())) {
        socket.setSoTimeout(10_000);
        socket
            .getOutputStream()
            .write(
                ("GET /ws?ticket=t HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\n"
                        + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + KEY
                        + "\r\n")
                    .getBytes(UTF_8));
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
          head.append((char) in.read());
        }
        assertThat(head.toString()).startsWith("HTTP/1.1 101");
        byte[] frame = new byte[14 + 65_536];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) 0xff;
        frame[7] = 1; // the length is 65,536
        socket.getOutputStream().write(frame);
        assertThat(in.read()).isEqualTo(0x88);
        assertThat(in.read()).isGreaterThanOrEqualTo(2);
        assertThat((in.read() << 8) | in.read()).isEqualTo(1009);
      }
    }
  }
}
