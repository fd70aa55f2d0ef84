package dev.microcos.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HttpConnectionTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Answers so many connections, each of them one request, and closes every one. */
  private static URI serving(ServerSocket server, int connections) {
    Thread.ofVirtual()
        .start(() -> {
          for (int i = 0; i <= connections; i++) {
            try (Socket socket = server.accept();
                InputStream in = new ByteInput(socket.getInputStream())) {
              String line = HttpConnection.readLine(in);
              while (!line.isEmpty()) {
                line = HttpConnection.readLine(in);
              }
              if (i < connections) {
                String reply = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + i;
                socket.getOutputStream().write(reply.getBytes(StandardCharsets.US_ASCII));
              }
            } catch (IOException closed) {
              return;
            }
          }
        });
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  @Test
  void goes_on_over_a_new_connection_where_the_server_closed_a_used_one() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      URI base = serving(server, 2);
      byte[] request = HttpConnection.request("GET", base, "/", null, null);
      try (HttpConnection connection = HttpConnection.open(base, PATIENCE)) {
        assertThat(connection.send(request).text()).isEqualTo("0");
        assertThat(connection.send(request).text()).isEqualTo("1");
      }
    }
  }

  @Test
  void fails_where_the_server_closes_a_new_one() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      URI base = serving(server, 0);
      byte[] request = HttpConnection.request("GET", base, "/", null, null);
      try (HttpConnection connection = HttpConnection.open(base, PATIENCE)) {
        assertThatThrownBy(() -> connection.send(request)).isInstanceOf(EOFException.class);
      }
    }
  }
}
