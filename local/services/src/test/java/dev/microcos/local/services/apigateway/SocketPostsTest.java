package dev.microcos.local.services.apigateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.local.services.transport.AwsResponse;
import java.net.http.WebSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the cloud posts to a client by the management API. */
class SocketPostsTest extends OpenSockets {

  @Nested
  class A_post {
    @Test
    void reaches_its_socket_and_no_other() throws Exception {
      Heard anna = new Heard();
      Heard ben = new Heard();
      open("?ticket=anna", anna);
      String annaId = connected();
      open("?ticket=ben", ben);
      String benId = connected();
      assertThat(post(annaId, "for anna")).isEqualTo(200);
      assertThat(post(benId, "for ben")).isEqualTo(200);
      assertThat(anna.texts.poll(10, TimeUnit.SECONDS)).isEqualTo("for anna");
      assertThat(ben.texts.poll(10, TimeUnit.SECONDS)).isEqualTo("for ben");
      assertThat(anna.texts).isEmpty();
      assertThat(ben.texts).isEmpty();
    }

    @Test
    void keeps_its_place_among_a_thousand() throws Exception {
      Heard heard = new Heard();
      open("?ticket=t", heard);
      String id = connected();
      for (int i = 0; i < 1000; i++) {
        assertThat(post(id, "p" + i)).isEqualTo(200);
      }
      for (int i = 0; i < 1000; i++) {
        assertThat(heard.texts.poll(10, TimeUnit.SECONDS)).isEqualTo("p" + i);
      }
    }

    @Test
    void may_have_128_kilobytes_and_no_more() throws Exception {
      Heard heard = new Heard();
      open("?ticket=t", heard);
      String id = connected();
      String largest = "a".repeat(128 * 1024);
      assertThat(post(id, largest)).isEqualTo(200);
      assertThat(heard.texts.poll(10, TimeUnit.SECONDS)).isEqualTo(largest);
      AwsResponse refused = call("POST", "/@connections/" + id, (largest + "a").getBytes(UTF_8));
      assertThat(refused.status()).isEqualTo(413);
      assertThat(refused.headers()).containsEntry("x-amzn-errortype", "PayloadTooLargeException");
    }

    @Test
    void to_nobody_is_gone() throws Exception {
      AwsResponse response = call("POST", "/dev/@connections/none%3D", new byte[0]);
      assertThat(response.status()).isEqualTo(410);
      assertThat(response.headers()).containsEntry("x-amzn-errortype", "GoneException");
      assertThat(call("GET", "/@connections/none%3D", new byte[0]).status()).isEqualTo(410);
      assertThat(call("DELETE", "/@connections/none%3D", new byte[0]).status()).isEqualTo(410);
      assertThat(call("POST", "/elsewhere", new byte[0]).status()).isEqualTo(404);
    }

    @Test
    void does_not_wait_for_a_client_that_does_not_read() throws Exception {
      Heard deaf =
          new Heard() {
            @Override
            public void onOpen(WebSocket socket) {
              // asks for nothing, so nothing is read
            }
          };
      WebSocket socket = open("?ticket=t", deaf);
      String id = connected();
      String block = "a".repeat(100 * 1024);
      int answer = 200;
      for (int i = 0; i < 2000 && answer == 200; i++) {
        answer = post(id, block);
      }
      assertThat(answer).isEqualTo(410);
      assertThat(next().getRequestContext().getEventType()).isEqualTo("DISCONNECT");
      assertThat(api.connections()).isEmpty();
      socket.abort();
    }
  }
}
