package dev.microcos.local.services.apigateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jwt.PlainJWT;
import dev.microcos.local.services.transport.AwsResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpFrontTest {

  private static final TestTokens TOKENS = new TestTokens();

  private final Clock clock = new Clock();
  private final BlockingQueue<APIGatewayV2HTTPEvent> events = new LinkedBlockingQueue<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private Front front;

  @BeforeEach
  void start() throws IOException {
    JwtAuthorizer authorizer =
        new JwtAuthorizer(TestTokens.ISSUER, Set.of(TestTokens.AUDIENCE), TOKENS, clock);
    HttpApi api =
        new HttpApi(
            new ApiAddress("000000000000", "us-east-1", "http", "$default", "127.0.0.1"),
            List.of(
                HttpRoute.secured("ANY /v1/{proxy+}", this::echo, authorizer, Set.of("microcos")),
                HttpRoute.secured("GET /any-scope", this::echo, authorizer, Set.of()),
                HttpRoute.open("GET /health", this::echo),
                HttpRoute.open("POST /", this::echo),
                HttpRoute.open(
                    "GET /fails",
                    event -> {
                      throw new IllegalStateException("secret");
                    }),
                HttpRoute.open(
                    "GET /late",
                    event -> {
                      throw new IntegrationUnavailable("late", new IllegalStateException());
                    }),
                HttpRoute.open(
                    "GET /rich",
                    event ->
                        APIGatewayV2HTTPResponse.builder()
                            .withStatusCode(201)
                            .withHeaders(Map.of("X-One", "1"))
                            .withCookies(List.of("a=1; Path=/", "b=2"))
                            .withBody(Base64.getEncoder().encodeToString(new byte[] {0, 1, 2}))
                            .withIsBase64Encoded(true)
                            .build())),
            clock);
    front =
        Front.start(
            new FrontConfiguration(
                "127.0.0.1",
                0,
                api,
                Optional.empty(),
                StaticFiles.of(
                    Map.of(
                        "/index.html",
                        "<p>hi</p>".getBytes(UTF_8),
                        "/assets/a-1.js",
                        "1".getBytes(UTF_8),
                        "/config.json",
                        "{}".getBytes(UTF_8))),
                Map.of(
                    "/oidc",
                    request ->
                        AwsResponse.json(
                            200, (request.method() + " " + request.path()).getBytes(UTF_8))),
                FrontConfiguration.OWN_ORIGIN_ONLY,
                Set.of()));
  }

  @AfterEach
  void stop() {
    front.close();
    client.close();
  }

  private APIGatewayV2HTTPResponse echo(APIGatewayV2HTTPEvent event) {
    events.add(event);
    return APIGatewayV2HTTPResponse.builder().withStatusCode(202).withBody("done").build();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + front.port() + path))
        .timeout(Duration.ofSeconds(20));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> sendWith(String token, String path) throws Exception {
    return send(to(path).header("Authorization", "Bearer " + token));
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), front.port())) {
      socket.getOutputStream().write(request.getBytes(UTF_8));
      socket.getOutputStream().flush();
      socket.setSoTimeout(10_000);
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  @Nested
  class An_event {
    @Test
    void says_of_the_request_what_aws_says() throws Exception {
      HttpResponse<String> response =
          send(
              to("/v1/a%20b/c%2Fd?x=1&y=a%20b&x=2&empty")
                  .header("Authorization", "Bearer " + TOKENS.good("me"))
                  .header("X-Twice", "1")
                  .header("X-Twice", "2")
                  .header("Cookie", "one=1; two=2")
                  .header("Content-Type", "application/json")
                  .PUT(BodyPublishers.ofString("{\"é\":1}")));
      APIGatewayV2HTTPEvent event = events.take();

      assertThat(response.statusCode()).isEqualTo(202);
      assertThat(response.body()).isEqualTo("done");
      assertThat(response.headers().firstValue("content-type"))
          .hasValue("text/plain;charset=UTF-8");
      assertThat(event.getVersion()).isEqualTo("2.0");
      assertThat(event.getRouteKey()).isEqualTo("ANY /v1/{proxy+}");
      assertThat(event.getRawPath()).isEqualTo("/v1/a b/c/d");
      assertThat(event.getRawQueryString()).isEqualTo("x=1&y=a%20b&x=2&empty");
      assertThat(event.getQueryStringParameters())
          .isEqualTo(Map.of("x", "1,2", "y", "a b", "empty", ""));
      assertThat(event.getPathParameters()).isEqualTo(Map.of("proxy", "a b/c/d"));
      assertThat(event.getHeaders())
          .containsEntry("x-twice", "1,2")
          .containsEntry("x-forwarded-for", "127.0.0.1")
          .doesNotContainKey("cookie");
      assertThat(event.getCookies()).containsExactly("one=1", "two=2");
      assertThat(event.getBody()).isEqualTo("{\"é\":1}");
      assertThat(event.getIsBase64Encoded()).isFalse();
    }

    @Test
    void has_the_context_of_the_request_and_of_the_token() throws Exception {
      sendWith(TOKENS.token(claims -> claims.claim("groups", List.of("a", "b"))), "/v1/state");
      APIGatewayV2HTTPEvent.RequestContext context = events.take().getRequestContext();

      assertThat(context.getHttp().getMethod()).isEqualTo("GET");
      assertThat(context.getHttp().getPath()).isEqualTo("/v1/state");
      assertThat(context.getHttp().getSourceIp()).isEqualTo("127.0.0.1");
      assertThat(context.getStage()).isEqualTo("$default");
      assertThat(context.getTimeEpoch()).isEqualTo(Clock.START.toEpochMilli());
      assertThat(context.getTime()).isEqualTo("21/Nov/2026:12:00:00 +0000");
      assertThat(context.getRequestId()).hasSize(16).endsWith("=");
      assertThat(context.getAuthorizer().getJwt().getScopes()).containsExactly("microcos");
      assertThat(context.getAuthorizer().getJwt().getClaims())
          .containsEntry("sub", "me")
          .containsEntry("aud", "microcos")
          .containsEntry("groups", "[a b]")
          .containsEntry("exp", String.valueOf(Clock.START.getEpochSecond() + 3600));
    }

    @Test
    void carries_what_is_not_text_in_base64() throws Exception {
      byte[] bytes = {(byte) 0xff, 0, 1};
      for (String type : List.of("application/octet-stream", "application/json")) {
        send(to("/").header("Content-Type", type).POST(BodyPublishers.ofByteArray(bytes)));
        APIGatewayV2HTTPEvent event = events.take();
        assertThat(event.getIsBase64Encoded()).isTrue();
        assertThat(Base64.getDecoder().decode(event.getBody())).isEqualTo(bytes);
      }
    }
  }

  @Nested
  class An_answer {
    @Test
    void keeps_status_headers_cookies_and_bytes() throws Exception {
      HttpResponse<byte[]> response = client.send(to("/rich").build(), BodyHandlers.ofByteArray());
      assertThat(response.statusCode()).isEqualTo(201);
      assertThat(response.headers().firstValue("x-one")).hasValue("1");
      assertThat(response.headers().allValues("set-cookie")).containsExactly("a=1; Path=/", "b=2");
      assertThat(response.body()).containsExactly(0, 1, 2);
      assertThat(response.headers().firstValue("apigw-requestid")).isPresent();
    }

    @Test
    void hides_why_an_integration_failed() throws Exception {
      HttpResponse<String> failed = send(to("/fails"));
      assertThat(failed.statusCode()).isEqualTo(500);
      assertThat(failed.body()).isEqualTo("{\"message\":\"Internal Server Error\"}");
      HttpResponse<String> late = send(to("/late"));
      assertThat(late.statusCode()).isEqualTo(503);
      assertThat(late.body()).isEqualTo("{\"message\":\"Service Unavailable\"}");
    }

    @Test
    void to_a_route_that_is_not_there_is_404() throws Exception {
      for (String path : List.of("/nothing", "/v1", "/assets/none.js")) {
        HttpResponse<String> response = send(to(path));
        assertThat(response.statusCode()).as(path).isEqualTo(404);
        assertThat(response.body()).isEqualTo("{\"message\":\"Not Found\"}");
      }
    }

    @Test
    void to_more_than_ten_megabytes_is_413() throws Exception {
      byte[] large = new byte[10 * 1024 * 1024 + 1];
      HttpResponse<String> response = send(to("/").POST(BodyPublishers.ofByteArray(large)));
      assertThat(response.statusCode()).isEqualTo(413);
      assertThat(response.body()).isEqualTo("{\"message\":\"Request Entity Too Large\"}");
    }

    @Test
    void to_what_is_not_http_is_400_without_a_page_about_it() throws Exception {
      String answer = raw("GET /x HTTP/1.1\r\nHost: 127.0.0.1\r\nBad Header\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 400").endsWith("{\"message\":\"Bad Request\"}");
      assertThat(answer).doesNotContainIgnoringCase("jetty").doesNotContain("\tat ");
      assertThat(raw("GET /%zz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 400");
      assertThat(raw("GET /a/../../x HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 400");
      assertThat(events).isEmpty();
    }
  }

  @Nested
  class A_token {
    private void isRefused(String token) throws Exception {
      HttpResponse<String> response = sendWith(token, "/v1/state");
      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(response.body()).isEqualTo("{\"message\":\"Unauthorized\"}");
      assertThat(response.headers().firstValue("www-authenticate").orElseThrow())
          .startsWith("Bearer error=\"invalid_token\"");
      assertThat(events).isEmpty();
    }

    @Test
    void must_be_there() throws Exception {
      HttpResponse<String> response = send(to("/v1/state"));
      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(response.body()).isEqualTo("{\"message\":\"Unauthorized\"}");
      assertThat(response.headers().firstValue("www-authenticate")).hasValue("Bearer");
    }

    @Test
    void must_be_signed_by_the_issuer_with_rs256() throws Exception {
      isRefused("nonsense");
      isRefused("a.b.c");
      isRefused(TOKENS.foreign());
      isRefused(TOKENS.withKey("k2"));
      isRefused(TOKENS.withAlgorithm(JWSAlgorithm.RS512));
      isRefused(
          new PlainJWT(new PlainHeader(), TestTokens.claims(Clock.START).build()).serialize());
      String good = TOKENS.good("me");
      isRefused(good.substring(0, good.lastIndexOf('.') + 1));
      String claims =
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString("{\"sub\":\"you\"}".getBytes(UTF_8));
      isRefused(
          good.substring(0, good.indexOf('.') + 1)
              + claims
              + good.substring(good.lastIndexOf('.')));
    }

    @Test
    void must_be_of_this_issuer_for_this_audience_and_now() throws Exception {
      Date ahead = Date.from(Clock.START.plusSeconds(60));
      isRefused(TOKENS.token(claims -> claims.issuer("http://elsewhere")));
      isRefused(TOKENS.token(claims -> claims.audience("other")));
      isRefused(TOKENS.token(claims -> claims.audience("other").claim("client_id", "microcos")));
      isRefused(TOKENS.token(claims -> claims.audience((String) null)));
      isRefused(TOKENS.token(claims -> claims.expirationTime(Date.from(Clock.START))));
      isRefused(TOKENS.token(claims -> claims.expirationTime(null)));
      isRefused(TOKENS.token(claims -> claims.notBeforeTime(ahead)));
      isRefused(TOKENS.token(claims -> claims.issueTime(ahead)));
    }

    @Test
    void may_name_the_client_where_it_has_no_audience() throws Exception {
      String token =
          TOKENS.token(claims -> claims.audience((String) null).claim("client_id", "microcos"));
      assertThat(sendWith(token, "/v1/state").statusCode()).isEqualTo(202);
    }

    @Test
    void without_the_scope_is_forbidden() throws Exception {
      String token = TOKENS.token(claims -> claims.claim("scope", "openid email"));
      HttpResponse<String> response = sendWith(token, "/v1/state");
      assertThat(response.statusCode()).isEqualTo(403);
      assertThat(response.body()).isEqualTo("{\"message\":\"Forbidden\"}");
      assertThat(sendWith(token, "/any-scope").statusCode()).isEqualTo(202);
    }

    @Test
    void that_passed_is_refused_from_its_expiry_on() throws Exception {
      String token = TOKENS.good("me");
      assertThat(sendWith(token, "/v1/state").statusCode()).isEqualTo(202);
      assertThat(sendWith(token, "/v1/state").statusCode()).isEqualTo(202);
      events.clear();
      clock.advance(Duration.ofHours(1));
      isRefused(token);
    }

    @Test
    void is_never_taken_for_another_persons() throws Exception {
      for (int round = 0; round < 3; round++) {
        for (String sub : List.of("anna", "ben")) {
          sendWith(TOKENS.good(sub), "/v1/state");
          assertThat(
                  events.take().getRequestContext().getAuthorizer().getJwt().getClaims().get("sub"))
              .isEqualTo(sub);
        }
      }
    }
  }

  @Nested
  class A_file {
    @Test
    void comes_with_type_tag_and_policy() throws Exception {
      HttpResponse<String> page = send(to("/"));
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).isEqualTo("<p>hi</p>");
      assertThat(page.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
      assertThat(page.headers().firstValue("cache-control")).hasValue("no-cache");
      assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
          .contains("frame-ancestors 'none'");
      assertThat(send(to("/assets/a-1.js")).headers().firstValue("cache-control").orElseThrow())
          .contains("immutable");
    }

    @Test
    void that_the_caller_has_is_304() throws Exception {
      String tag = send(to("/config.json")).headers().firstValue("etag").orElseThrow();
      HttpResponse<String> again = send(to("/config.json").header("If-None-Match", tag));
      assertThat(again.statusCode()).isEqualTo(304);
      assertThat(again.body()).isEmpty();
    }

    @Test
    void leaves_other_methods_to_the_api() throws Exception {
      assertThat(send(to("/").POST(BodyPublishers.noBody())).statusCode()).isEqualTo(202);
      assertThat(send(to("/").method("HEAD", BodyPublishers.noBody())).statusCode()).isEqualTo(200);
    }
  }

  @Nested
  class The_front {
    @Test
    void hands_a_mounted_prefix_on_whole() throws Exception {
      assertThat(send(to("/oidc/token?x=1")).body()).isEqualTo("GET /oidc/token");
      assertThat(send(to("/oidcx")).statusCode()).isEqualTo(404);
    }

    @Test
    void refuses_foreign_hosts_and_origins() throws Exception {
      assertThat(raw("GET /health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 403");
      for (String origin : List.of("http://evil.example", "null")) {
        assertThat(send(to("/health").header("Origin", origin)).statusCode()).isEqualTo(403);
      }
      assertThat(events).isEmpty();
      assertThat(send(to("/health").header("Origin", "http://localhost:5173")).statusCode())
          .isEqualTo(202);
    }
  }

  @Test
  void a_remembered_token_costs_microseconds() throws Exception {
    JwtAuthorizer authorizer =
        new JwtAuthorizer(TestTokens.ISSUER, Set.of(TestTokens.AUDIENCE), TOKENS, clock);
    String header = "Bearer " + TOKENS.good("me");
    JwtAuthorizer.Decision first = authorizer.authorize(header);
    assertThat(authorizer.authorize(header)).isSameAs(first);
    assertThat(((JwtAuthorizer.Decision.Granted) first).expiresAt())
        .isEqualTo(Instant.parse("2026-11-21T13:00:00Z"));
  }
}
