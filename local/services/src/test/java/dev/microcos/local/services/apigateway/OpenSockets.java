package dev.microcos.local.services.apigateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;
import dev.microcos.local.services.transport.AwsRequest;
import dev.microcos.local.services.transport.AwsResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A front with a socket API, the events that it gives to its functions, and clients of it. */
@Timeout(30)
abstract class OpenSockets {

  static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

  final Clock clock = new Clock();
  final BlockingQueue<APIGatewayV2WebSocketEvent> events = new LinkedBlockingQueue<>();
  final BlockingQueue<APIGatewayCustomAuthorizerEvent> asked = new LinkedBlockingQueue<>();
  final HttpClient http = HttpClient.newHttpClient();
  final SocketApi api =
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
  final ConnectionsService management = new ConnectionsService(api);
  Front front;

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

  APIGatewayV2WebSocketResponse take(APIGatewayV2WebSocketEvent event) {
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

  IamPolicyResponse authorize(APIGatewayCustomAuthorizerEvent event) {
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
  static class Heard implements WebSocket.Listener {
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

  WebSocket open(String query, Heard heard) {
    URI uri = URI.create("ws://127.0.0.1:" + front.port() + "/ws" + query);
    return http.newWebSocketBuilder().buildAsync(uri, heard).join();
  }

  APIGatewayV2WebSocketEvent next() throws InterruptedException {
    APIGatewayV2WebSocketEvent event = events.poll(10, TimeUnit.SECONDS);
    assertThat(event).isNotNull();
    return event;
  }

  /**
   * Waits until the server counts the socket as open: the answer to an upgrade is sent a moment
   * before.
   */
  String connected() throws InterruptedException {
    String id = next().getRequestContext().getConnectionId();
    Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> api.find(id).isPresent());
    return id;
  }

  AwsResponse call(String method, String path, byte[] body) {
    return management.handle(new AwsRequest(method, path, "", Map.of(), body));
  }

  int post(String id, String text) {
    String encoded = URLEncoder.encode(id, UTF_8);
    return call("POST", "/@connections/" + encoded, text.getBytes(UTF_8)).status();
  }
}
