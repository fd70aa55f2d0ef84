package dev.microcos.local.services.apigateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.microcos.local.services.transport.AwsResponse;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventStreamsTest {

  private static final TestTokens TOKENS = new TestTokens();

  private static final AwsResponse MOUNTED =
      new AwsResponse(
          200,
          Map.of("content-type", "text/event-stream"),
          new AwsResponse.Body.Bytes("retry: 10\n\ndata: mounted\n\n".getBytes(UTF_8)));

  private final Clock clock = new Clock();
  private final List<String> happened = new CopyOnWriteArrayList<>();
  private final BlockingQueue<APIGatewayV2HTTPEvent> asked = new LinkedBlockingQueue<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private volatile boolean over;
  private Front front;

  @BeforeEach
  void start() throws IOException {
    JwtAuthorizer authorizer =
        new JwtAuthorizer(TestTokens.ISSUER, Set.of(TestTokens.AUDIENCE), TOKENS, clock);
    HttpApi api =
        new HttpApi(
            new ApiAddress("000000000000", "us-east-1", "http", "$default", "127.0.0.1"),
            List.of(
                HttpRoute.secured("GET /mine", this::events, authorizer, Set.of()),
                HttpRoute.open("ANY /events", this::events),
                HttpRoute.open("ANY /mounted", this::events),
                HttpRoute.open("GET /sized", this::sized),
                HttpRoute.open("GET /packed", this::packed),
                HttpRoute.open("GET /health", _ -> answer(200, "text/plain", "well"))),
            clock);
    front =
        Front.start(
            new FrontConfiguration(
                "127.0.0.1",
                0,
                api,
                Optional.empty(),
                StaticFiles.none(),
                Map.of("/mounted", _ -> MOUNTED),
                FrontConfiguration.OWN_ORIGIN_ONLY,
                Set.of()));
  }

  @AfterEach
  void stop() {
    front.close();
    client.close();
  }

  /** As a function does: what happened after the last id, or that there is nothing more to come. */
  private APIGatewayV2HTTPResponse events(APIGatewayV2HTTPEvent event) {
    asked.add(event);
    boolean isOver = over;
    int last = Integer.parseInt(event.getHeaders().getOrDefault("last-event-id", "0"));
    StringBuilder text = new StringBuilder("retry: 10\n\n");
    for (int id = last + 1; id <= happened.size(); id++) {
      text.append("id: %d\ndata: %s\n\n".formatted(id, happened.get(id - 1)));
    }
    boolean isEnd = isOver && last >= happened.size();
    return isEnd ? answer(204, "", "") : answer(200, "text/event-stream", text.toString());
  }

  /** The length is that of one answer, not of all that follow it. */
  private APIGatewayV2HTTPResponse sized(APIGatewayV2HTTPEvent event) {
    APIGatewayV2HTTPResponse answer = events(event);
    if (answer.getStatusCode() == 200) {
      answer.setHeaders(
          Map.of(
              "Content-Type",
              "text/event-stream",
              "Content-Length",
              String.valueOf(answer.getBody().length())));
    }
    return answer;
  }

  private APIGatewayV2HTTPResponse packed(APIGatewayV2HTTPEvent event) {
    APIGatewayV2HTTPResponse answer = events(event);
    answer.setHeaders(Map.of("Content-Type", "text/event-stream", "Content-Encoding", "x-packed"));
    return answer;
  }

  private static APIGatewayV2HTTPResponse answer(int status, String type, String body) {
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(status)
        .withHeaders(Map.of("Content-Type", type))
        .withBody(body)
        .build();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + front.port() + path));
  }

  private BufferedReader open(HttpRequest.Builder request) throws Exception {
    var response = client.send(request.build(), BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).hasValue("text/event-stream");
    return new BufferedReader(new InputStreamReader(response.body(), UTF_8));
  }

  /** The next line that has something to say. */
  private static String next(BufferedReader stream) throws IOException {
    String line = stream.readLine();
    while (line != null && (line.isEmpty() || line.equals(":") || line.startsWith("retry"))) {
      line = stream.readLine();
    }
    return String.valueOf(line);
  }

  @Nested
  class A_stream {

    @Test
    void brings_what_happens_while_it_is_open_and_ends_with_it() throws Exception {
      happened.add("one");
      try (BufferedReader stream = open(to("/events"))) {
        assertThat(next(stream)).isEqualTo("id: 1");
        assertThat(next(stream)).isEqualTo("data: one");
        happened.add("two");
        assertThat(next(stream)).isEqualTo("id: 2");
        assertThat(next(stream)).isEqualTo("data: two");
        over = true;
        assertThat(next(stream)).isEqualTo("null");
      }
    }

    @Test
    void goes_on_behind_the_event_that_its_caller_has() throws Exception {
      happened.addAll(List.of("one", "two"));
      try (BufferedReader stream = open(to("/events").header("Last-Event-ID", "1"))) {
        assertThat(next(stream)).isEqualTo("id: 2");
      }
      assertThat(asked.take().getHeaders()).containsEntry("last-event-id", "1");
      assertThat(asked.take().getHeaders()).containsEntry("last-event-id", "2");
    }

    @Test
    void says_that_it_is_there_when_nothing_happens() throws Exception {
      try (BufferedReader stream = open(to("/events"))) {
        String line = stream.readLine();
        while (!":".equals(line)) {
          assertThat(line).isNotNull();
          line = stream.readLine();
        }
      }
    }

    @Test
    void asks_the_authorizer_each_time() throws Exception {
      happened.add("one");
      var mine = to("/mine").header("Authorization", "Bearer " + TOKENS.good("me"));
      try (BufferedReader stream = open(mine)) {
        assertThat(next(stream)).isEqualTo("id: 1");
        assertThat(next(stream)).isEqualTo("data: one");
        clock.advance(Duration.ofHours(1));
        assertThat(next(stream)).isEqualTo("null");
      }
    }

    @Test
    void ends_as_a_socket_does_after_two_hours() throws Exception {
      try (BufferedReader stream = open(to("/events"))) {
        clock.advance(Duration.ofHours(2));
        assertThat(next(stream)).isEqualTo("null");
      }
    }

    @Test
    void ends_with_the_front() throws Exception {
      try (BufferedReader stream = open(to("/events"))) {
        front.close();
        assertThat(isOver(stream)).isTrue();
      }
    }

    /** Its last chunk may not get out before the port is closed. */
    private static boolean isOver(BufferedReader stream) {
      try {
        return next(stream).equals("null");
      } catch (IOException e) {
        return true;
      }
    }

    @Test
    void is_longer_than_its_first_answer_said() throws Exception {
      happened.add("one");
      try (BufferedReader stream = open(to("/sized"))) {
        assertThat(next(stream)).isEqualTo("id: 1");
        assertThat(next(stream)).isEqualTo("data: one");
        happened.add("two");
        assertThat(next(stream)).isEqualTo("id: 2");
      }
    }

    @Test
    void is_not_made_of_what_cannot_be_read() throws Exception {
      var response = client.send(to("/packed").build(), BodyHandlers.ofString());
      assertThat(response.headers().firstValue("content-encoding")).hasValue("x-packed");
      assertThat(asked).hasSize(1);
    }

    @Test
    void is_not_made_of_what_the_API_did_not_answer() throws Exception {
      var response = client.send(to("/mounted").build(), BodyHandlers.ofString());
      assertThat(response.body()).endsWith("data: mounted\n\n");
      assertThat(asked).isEmpty();
    }

    @Test
    void is_not_silent_for_long_where_it_is_not_to_ask_for_long() throws Exception {
      CountDownLatch closing = new CountDownLatch(1);
      ByteArrayOutputStream out =
          new ByteArrayOutputStream() {
            @Override
            public void flush() {
              if (toString(UTF_8).endsWith(":\n\n:\n\n:\n\n")) {
                closing.countDown();
              }
            }
          };
      HttpApi none =
          new HttpApi(
              new ApiAddress("000000000000", "a", "http", "$default", "a"), List.of(), clock);
      FrontRequest request =
          new FrontRequest(
              "GET", "/", "", Map.of(), List.of(), new byte[0], "HTTP/1.1", "127.0.0.1");
      FrontResponse first =
          new FrontResponse(
              200,
              List.of(Map.entry("content-type", "text/event-stream")),
              "retry: 999999999\n\n".getBytes(UTF_8));
      new EventStreams(none, closing, Duration.ofMillis(10)).follow(request, first, out);
      assertThat(out.toString(UTF_8)).isEqualTo("retry: 999999999\n\n:\n\n:\n\n:\n\n");
    }

    @Test
    void holds_nobody_else_up() throws Exception {
      List<BufferedReader> streams = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        streams.add(open(to("/events")));
      }
      var health = client.send(to("/health").build(), BodyHandlers.ofString());
      assertThat(health.body()).isEqualTo("well");
      happened.add("one");
      for (BufferedReader stream : streams) {
        assertThat(next(stream)).isEqualTo("id: 1");
        stream.close();
      }
    }

    @Test
    void is_not_asked_for_again_by_what_may_not_be_repeated() throws Exception {
      var post = to("/events").POST(BodyPublishers.ofString("{}"));
      assertThat(client.send(post.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      assertThat(asked).hasSize(1);
    }
  }

  @Nested
  class What_is_read {

    private static SentEvents read(String body) {
      return SentEvents.read(body.getBytes(UTF_8));
    }

    @Test
    void has_the_last_id_and_the_time_to_ask_again() {
      SentEvents events = read("retry: 1500\r\n\r\nid:1\r\ndata: a\r\n\r\nid: 2\ndata: b\n\n");
      assertThat(events.lastId()).hasValue("2");
      assertThat(events.retry()).hasValue(Duration.ofMillis(1_500));
      assertThat(events.isEmpty()).isFalse();
    }

    @Test
    void leaves_out_an_event_that_is_cut_off() {
      SentEvents events = read("id: 1\ndata: a\n\nid: 2\ndata: b\n");
      assertThat(events.text()).isEqualTo("id: 1\ndata: a\n\n");
      assertThat(events.lastId()).hasValue("1");
    }

    @Test
    void keeps_the_last_id_and_time_that_say_something() {
      SentEvents events = read("retry: 20\nid: 7\ndata: a\n\nretry: soon\nid:\ndata: b\n\n");
      assertThat(events.lastId()).hasValue("7");
      assertThat(events.retry()).hasValue(Duration.ofMillis(20));
      assertThat(read("id\ndata: b\n\n").lastId()).isEmpty();
      assertThat(read("id:  7\ndata: b\n\n").lastId()).hasValue(" 7");
    }

    @Test
    void is_empty_without_data() {
      assertThat(read("retry: soon\n\n: a comment\n\n").isEmpty()).isTrue();
      assertThat(read("retry: soon\n\n").retry()).isEmpty();
      assertThat(read("").isEmpty()).isTrue();
    }
  }
}
