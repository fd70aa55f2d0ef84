package dev.microcos.local.services.apigateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;
import dev.microcos.local.services.transport.AwsRequest;
import dev.microcos.local.services.transport.AwsResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SocketFrontTest {

  private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

  private final Clock clock = new Clock();
  private final BlockingQueue<APIGatewayV2WebSocketEvent> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<APIGatewayCustomAuthorizerEvent> asked = new LinkedBlockingQueue<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final SocketApi api =
      new SocketApi(
          new SocketApiConfiguration(
              new ApiAddress("000000000000", "us-east-1", "sockets", "dev", "127.0.0.1"),
              Map.of(
                  "$connect", this::take,
                  "$disconnect", this::take,
                  "$default", this::take,
                  "special", this::take),
              Optional.of(
                  new SocketApiConfiguration.Authorizer(
                      this::authorize, List.of("route.request.querystring.ticket")))),
          clock);
  private final ConnectionsService management = new ConnectionsService(api);
  private Front front;

  @BeforeEach
  void start() throws IOException {
    front =
        Front.start(
            new FrontConfiguration(
                "127.0.0.1",
                0,
                new HttpApi(
                    new ApiAddress("0", "us-east-1", "http", "$default", "h"), List.of(), clock),
                Optional.of(api),
                StaticFiles.none(),
                Map.of(),
                FrontConfiguration.OWN_ORIGIN_ONLY,
                Set.of()));
  }

  @AfterEach
  void stop() {
    front.close();
    http.close();
  }

  private APIGatewayV2WebSocketResponse take(APIGatewayV2WebSocketEvent event) {
    events.add(event);
    String body = String.valueOf(event.getBody());
    if (body.contains("explode")) {
      throw new IllegalStateException("secret");
    }
    APIGatewayV2WebSocketResponse response = new APIGatewayV2WebSocketResponse();
    Map<String, String> query = event.getQueryStringParameters();
    response.setStatusCode(query != null && query.containsKey("full") ? 429 : 200);
    return response;
  }

  private IamPolicyResponse authorize(APIGatewayCustomAuthorizerEvent event) {
    asked.add(event);
    String ticket = String.valueOf(event.getQueryStringParameters().get("ticket"));
    if (ticket.equals("broken")) {
      throw new IllegalStateException("secret");
    }
    if (ticket.equals("unknown")) {
      throw new IllegalStateException("Unauthorized");
    }
    IamPolicyResponse.Statement statement =
        ticket.startsWith("deny")
            ? IamPolicyResponse.denyStatement(event.getMethodArn())
            : IamPolicyResponse.allowStatement(event.getMethodArn());
    return IamPolicyResponse.builder()
        .withPrincipalId(ticket)
        .withContext(Map.of("user_id", "usr_" + ticket, "generation", 3))
        .withPolicyDocument(
            IamPolicyResponse.PolicyDocument.builder()
                .withVersion(IamPolicyResponse.VERSION_2012_10_17)
                .withStatement(List.of(statement))
                .build())
        .build();
  }

  /** A client that keeps what it hears. */
  private static class Heard implements WebSocket.Listener {
    final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    final BlockingQueue<Integer> closes = new LinkedBlockingQueue<>();
    private final StringBuilder part = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        texts.add(part.toString());
        part.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      closes.add(status);
      return null;
    }

    int closeCode() throws InterruptedException {
      Integer code = closes.poll(10, TimeUnit.SECONDS);
      return code == null ? -1 : code;
    }
  }

  private WebSocket open(String query, Heard heard) {
    URI uri = URI.create("ws://127.0.0.1:" + front.port() + "/ws" + query);
    return http.newWebSocketBuilder().buildAsync(uri, heard).join();
  }

  private APIGatewayV2WebSocketEvent next() throws InterruptedException {
    APIGatewayV2WebSocketEvent event = events.poll(10, TimeUnit.SECONDS);
    assertThat(event).isNotNull();
    return event;
  }

  /**
   * Waits until the server counts the socket as open: the answer to an upgrade is sent a moment
   * before.
   */
  private String connected() throws InterruptedException {
    String id = next().getRequestContext().getConnectionId();
    Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> api.find(id).isPresent());
    return id;
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

  private AwsResponse call(String method, String path, byte[] body) {
    return management.handle(new AwsRequest(method, path, "", Map.of(), body));
  }

  private int post(String id, String text) {
    String encoded = URLEncoder.encode(id, UTF_8);
    return call("POST", "/@connections/" + encoded, text.getBytes(UTF_8)).status();
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

  @Test
  void wildcards_are_those_of_iam() {
    assertThat(SocketAdmission.glob("arn:*:a?c/*", "arn:aws:abc/dev/$connect")).isTrue();
    assertThat(SocketAdmission.glob("*", "")).isTrue();
    assertThat(SocketAdmission.glob("a*b", "axxc")).isFalse();
    assertThat(SocketAdmission.glob("a", "ab")).isFalse();
  }
}
