package dev.microcos.local.services.apigateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import dev.microcos.local.services.transport.AwsResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How long a socket lives, and how its end is told to both sides. */
class SocketLifeTest extends OpenSockets {

  @Nested
  class A_socket {
    @Test
    void that_the_client_closes_or_loses_is_disconnected_once() throws Exception {
      WebSocket polite = open("?ticket=a", new Heard());
      connected();
      polite.sendClose(1000, "").join();
      APIGatewayV2WebSocketEvent left = next();
      assertThat(left.getRequestContext().getRouteKey()).isEqualTo("$disconnect");
      assertThat(left.getRequestContext().getAuthorizer()).containsEntry("user_id", "usr_a");

      WebSocket killed = open("?ticket=b", new Heard());
      String id = connected();
      killed.abort();
      assertThat(next().getRequestContext().getConnectionId()).isEqualTo(id);
      assertThat(api.connections()).isEmpty();
      assertThat(post(id, "late")).isEqualTo(410);
      assertThat(events).isEmpty();
    }

    @Test
    void can_be_looked_at_and_closed_by_the_management_api() throws Exception {
      Heard heard = new Heard();
      open("?ticket=t", heard);
      String id = connected();
      AwsResponse seen = call("GET", "/@connections/" + id, new byte[0]);
      assertThat(seen.status()).isEqualTo(200);
      assertThat(new String(((AwsResponse.Body.Bytes) seen.body()).bytes(), UTF_8))
          .contains("\"connectedAt\":\"2026-11-21T12:00:00Z\"", "\"sourceIp\":\"127.0.0.1\"");
      assertThat(api.connections()).singleElement().extracting("principal").isEqualTo("t");
      assertThat(call("DELETE", "/@connections/" + id, new byte[0]).status()).isEqualTo(204);
      assertThat(heard.closeCode()).isEqualTo(1000);
    }

    @Test
    void idle_for_ten_minutes_is_closed() throws Exception {
      Heard heard = new Heard();
      WebSocket socket = open("?ticket=t", heard);
      connected();
      clock.advance(Duration.ofMinutes(9));
      socket.sendText("hello", true).join();
      next();
      clock.advance(Duration.ofMinutes(9));
      api.expire();
      assertThat(api.connections()).hasSize(1);
      clock.advance(Duration.ofMinutes(1));
      assertThat(heard.closeCode()).isEqualTo(1001);
    }

    @Test
    void lives_two_hours_at_most() throws Exception {
      Heard heard = new Heard();
      WebSocket socket = open("?ticket=t", heard);
      connected();
      for (int minutes = 0; minutes < 120; minutes += 8) {
        clock.advance(Duration.ofMinutes(8));
        if (minutes < 104) {
          socket.sendText("hello", true).join();
          next();
        }
      }
      assertThat(heard.closeCode()).isEqualTo(1001);
    }

    @Test
    void is_closed_with_1012_when_the_cloud_stops() throws Exception {
      Heard heard = new Heard();
      open("?ticket=t", heard);
      connected();
      front.close();
      assertThat(heard.closeCode()).isEqualTo(1012);
      assertThat(next().getRequestContext().getEventType()).isEqualTo("DISCONNECT");
      assertThatThrownBy(() -> open("?ticket=t", new Heard()))
          .isInstanceOf(CompletionException.class);
    }
  }
}
