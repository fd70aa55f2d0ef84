package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real template with the real functions, from outside. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalCloudTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> AT_ONCE = Map.of("MICROCOS_OFFLINE_PACE", "0");

  @TempDir static Path folder = Path.of("");
  private final HttpClient http = HttpClient.newHttpClient();
  private @Nullable LocalCloud started;

  @BeforeAll
  void start() {
    started = LocalCloud.start(LocalCloudOptions.onFreePorts(folder.resolve("one"), AT_ONCE));
  }

  @AfterAll
  void stop() {
    cloud().close();
    http.close();
  }

  @Nested
  class The_way_of_a_message {
    @Test
    void a_task_is_accepted_and_then_in_the_state() throws Exception {
      String token = token("ann");
      HttpResponse<String> posted = post("/v1/tasks", token, "{\"title\":\"Buy milk\"}");
      assertThat(posted.statusCode()).as(posted.body()).isEqualTo(202);
      String taskId = JSON.readTree(posted.body()).path("task_id").asText();
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() ->
              assertThat(state(token).at("/state/tasks/" + taskId + "/title").asText())
                  .isEqualTo("Buy milk"));
    }

    @Test
    void a_question_is_answered_over_the_socket() throws Exception {
      String token = token("bob");
      JsonNode ticket = JSON.readTree(post("/v1/socket-tickets", token, "{}").body());
      Frames frames = new Frames();
      WebSocket socket =
          http.newWebSocketBuilder()
              .buildAsync(URI.create(ticket.path("url").asText()), frames)
              .join();
      WebSocket _ = socket.sendText("{\"action\":\"sync\",\"after\":0}", true).join();
      assertThat(post("/v1/messages", token, "{\"text\":\"Hello\"}").statusCode()).isEqualTo(202);
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() ->
              assertThat(frames.texts)
                  .anyMatch(frame -> frame.contains("llm.token"))
                  .anyMatch(frame -> frame.contains("assistant.message")));
      WebSocket _ = socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    @Test
    void without_a_token_nobody_comes_in() throws Exception {
      assertThat(post("/v1/tasks", "", "{\"title\":\"x\"}").statusCode()).isEqualTo(401);
      assertThat(get(cloud().url(), "/health").statusCode()).isEqualTo(200);
    }
  }

  @Nested
  class A_setting_that_cannot_be_read {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "MICROCOS_MODEL_URL|nowhere|MICROCOS_MODEL_URL must be an address",
          "MICROCOS_OFFLINE_PACE|fast|MICROCOS_OFFLINE_PACE must be a number of tokens a second",
          "MICROCOS_KEEP_MESSAGES|-5|Reducer does not start: environment variable MICROCOS_KEEP"
        })
    void is_named(String variable, String value, String told) {
      assertThatThrownBy(() ->
              LocalCloud.start(
                  LocalCloudOptions.onFreePorts(folder.resolve(variable), Map.of(variable, value))))
          .isInstanceOf(CloudException.class)
          .hasMessageStartingWith(told)
          .hasMessageEndingWith("not " + value);
    }
  }

  @Nested
  class The_data_folder {
    @Test
    void has_room_for_one_cloud() {
      assertThatThrownBy(
              () -> LocalCloud.start(LocalCloudOptions.onFreePorts(folder.resolve("one"), AT_ONCE)))
          .isInstanceOf(CloudException.class)
          .hasMessageContaining("--data");
    }

    @Test
    void says_where_its_cloud_is() throws Exception {
      JsonNode running = JSON.readTree(Files.readString(folder.resolve("one/running.json")));
      assertThat(running.path("port").asInt()).isEqualTo(cloud().url().getPort());
      assertThat(running.path("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
    }

    @Test
    void a_port_in_use_is_named() {
      int taken = cloud().url().getPort();
      assertThatThrownBy(() ->
              LocalCloud.start(
                  new LocalCloudOptions(
                      taken, 0, 0, folder.resolve("two"), "development", AT_ONCE)))
          .isInstanceOf(CloudException.class)
          .hasMessageContaining("port " + taken + " is in use")
          .hasMessageContaining("--port");
    }

    @Test
    void that_cannot_be_made_is_named() throws Exception {
      Path file = Files.createFile(folder.resolve("file"));
      assertThatThrownBy(() -> LocalCloud.start(LocalCloudOptions.onFreePorts(file, AT_ONCE)))
          .isInstanceOf(CloudException.class)
          .hasMessage("the folder " + file + " cannot be made; choose another with --data");
    }

    @Test
    void keeps_what_was_said_over_a_restart() throws Exception {
      LocalCloudOptions options = LocalCloudOptions.onFreePorts(folder.resolve("three"), AT_ONCE);
      JsonNode before;
      int port;
      try (LocalCloud first = LocalCloud.start(options)) {
        String token = token(first, "cid");
        assertThat(post(first, "/v1/tasks", token, "{\"title\":\"Stay\"}").statusCode())
            .isEqualTo(202);
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> state(first, token).path("seq").asLong() > 0);
        before = state(first, token);
        port = first.url().getPort();
      }
      assertThat(folder.resolve("three/running.json")).doesNotExist();
      // who somebody is follows from the issuer, and that from the port
      LocalCloudOptions again =
          new LocalCloudOptions(port, 0, 0, options.data(), "development", AT_ONCE);
      try (LocalCloud second = LocalCloud.start(again)) {
        assertThat(state(second, token(second, "cid"))).isEqualTo(before);
      }
    }
  }

  @Nested
  class The_admin_port {
    @Test
    void moves_the_clock_forward_only() throws Exception {
      assertThat(admin("POST", "/_local/clock", "{\"advance\":\"PT1S\"}").statusCode())
          .isEqualTo(200);
      assertThat(admin("POST", "/_local/clock", "{\"advance\":\"-PT1S\"}").statusCode())
          .isEqualTo(400);
    }

    @Test
    void refuses_pages_and_what_is_not_json() throws Exception {
      HttpRequest foreign =
          HttpRequest.newBuilder(cloud().adminUrl().resolve("/_local/clock"))
              .header("origin", "https://example.com")
              .build();
      assertThat(send(foreign).statusCode()).isEqualTo(403);
      HttpRequest form =
          HttpRequest.newBuilder(cloud().adminUrl().resolve("/_local/token"))
              .POST(HttpRequest.BodyPublishers.ofString("sub=me"))
              .build();
      assertThat(send(form).statusCode()).isEqualTo(415);
    }

    @Test
    void names_a_fault_that_it_does_not_know() throws Exception {
      HttpResponse<String> answer = admin("PUT", "/_local/faults", "{\"flood\":true}");
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("flood");
    }

    @Test
    void counts_calls_by_service_and_tells_its_health() throws Exception {
      token("dan");
      assertThat(get(cloud().adminUrl(), "/health").body()).contains("\"up\"");
      assertThat(get(cloud().adminUrl(), "/_local/metrics").body())
          .contains("microcos_open_sockets");
      assertThat(get(cloud().adminUrl(), "/_local/outbox").body()).isEqualTo("{\"mails\":[]}");
    }
  }

  private static final class Frames implements WebSocket.Listener {
    private final Queue<String> texts = new ConcurrentLinkedQueue<>();
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
  }

  private LocalCloud cloud() {
    LocalCloud present = started;
    if (present == null) {
      throw new IllegalStateException("the cloud did not start");
    }
    return present;
  }

  private String token(String sub) throws Exception {
    return token(cloud(), sub);
  }

  private String token(LocalCloud cloud, String sub) throws Exception {
    HttpResponse<String> answer =
        write(cloud.adminUrl(), "POST", "/_local/token", "", "{\"sub\":\"" + sub + "\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body()).path("token").asText();
  }

  private HttpResponse<String> post(String path, String token, String body) throws Exception {
    return post(cloud(), path, token, body);
  }

  private HttpResponse<String> post(LocalCloud cloud, String path, String token, String body)
      throws Exception {
    return write(cloud.url(), "POST", path, token, body);
  }

  private HttpResponse<String> admin(String method, String path, String body) throws Exception {
    return write(cloud().adminUrl(), method, path, "", body);
  }

  private HttpResponse<String> write(
      URI base, String method, String path, String token, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .header("content-type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("authorization", "Bearer " + token);
    }
    return send(request.build());
  }

  private JsonNode state(String token) throws Exception {
    return state(cloud(), token);
  }

  private JsonNode state(LocalCloud cloud, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(cloud.url().resolve("/v1/state"))
            .header("authorization", "Bearer " + token)
            .build();
    return JSON.readTree(send(request).body());
  }

  private HttpResponse<String> get(URI base, String path) throws Exception {
    return send(HttpRequest.newBuilder(base.resolve(path)).build());
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
