package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.wire.Schemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A client of one person, over real HTTP and real WebSockets. */
record TestPerson(HttpClient http, URI base, String token, String type) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Schemas SCHEMAS = new Schemas();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Stands where nobody has come yet. */
  static final TestPerson NOBODY =
      new TestPerson(HttpClient.newHttpClient(), URI.create("http://127.0.0.1:1"), "");

  TestPerson(HttpClient http, URI base, String token) {
    this(http, base, token, "application/json");
  }

  /** The same person, saying that bodies are of this type. */
  TestPerson ofType(String type) {
    return new TestPerson(http, base, token, type);
  }

  /** An answer, and whether it is what its schema says. */
  record Answer(HttpResponse<String> response) {

    int status() {
      return response.statusCode();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    String text() {
      return response.body();
    }

    JsonNode json() {
      return read(response.body());
    }

    /** Its body, once it has this status. */
    JsonNode is(int status) {
      assertThat(status()).as(response.uri() + " " + response.body()).isEqualTo(status);
      return response.body().isEmpty() ? MissingNode.getInstance() : json();
    }

    /** Its body, once it has this status and fits this reply of the API. */
    JsonNode is(int status, String reply) {
      JsonNode body = is(status);
      fits("api/replies/" + reply, body);
      return body;
    }
  }

  Answer get(String path, String... headers) {
    return send("GET", path, BodyPublishers.noBody(), headers);
  }

  Answer post(String path, String body, String... headers) {
    return send("POST", path, body, headers);
  }

  Answer send(String method, String path, String body, String... headers) {
    return send(method, path, BodyPublishers.ofString(body, StandardCharsets.UTF_8), headers);
  }

  Answer send(String method, String path, HttpRequest.BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(PATIENCE)
            .header("content-type", type)
            .method(method, body);
    if (!token.isEmpty()) {
      request.header("authorization", "Bearer " + token);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return new Answer(http.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Says something and waits for nothing. */
  JsonNode says(String text) {
    return post("/v1/messages", JSON.createObjectNode().put("text", text).toString())
        .is(202, "accepted");
  }

  /** Makes a task and waits until it is in the log. */
  String makes(String title) {
    JsonNode accepted =
        post("/v1/tasks", JSON.createObjectNode().put("title", title).toString())
            .is(202, "accepted");
    JsonNode _ = logged(accepted.path("event_id").asText());
    return accepted.path("task_id").asText();
  }

  /** Everything that is kept of the person, as one text. */
  String export() {
    Answer answer = get("/v1/export");
    JsonNode _ = answer.is(200, "export");
    return answer.text();
  }

  JsonNode state() {
    return get("/v1/state").is(200, "state");
  }

  /** The whole log, read page by page. */
  List<JsonNode> events() {
    List<JsonNode> events = new ArrayList<>();
    long after = 0;
    while (true) {
      JsonNode page = get("/v1/events?limit=300&after=" + after).is(200, "events");
      page.path("events").forEach(events::add);
      if (page.path("events").isEmpty()) {
        return events;
      }
      after = page.path("next").asLong();
    }
  }

  /** The event with this id, once it is in the log. */
  JsonNode logged(String eventId) {
    return await("$.event_id", eventId);
  }

  /** Waits for the answer to a message and gives its message as the state has it. */
  JsonNode answer(JsonNode accepted) {
    String id = accepted.path("operation_id").asText();
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !List.of("", "streaming").contains(message(id).path("status").asText()));
    return message(id);
  }

  /** The account of a model's call once it is closed, which is a moment after its answer. */
  JsonNode call(String operation) {
    return Awaitility.await("the account of " + operation)
        .atMost(PATIENCE)
        .until(
            () -> get("/v1/operations/" + operation).is(200, "operation"),
            call -> !call.path("status").asText().equals("running"));
  }

  /** The state once it is as wanted: what a run tells its person comes a little later. */
  JsonNode once(String what, Predicate<JsonNode> wanted) {
    return Awaitility.await(what).atMost(PATIENCE).until(() -> state().path("state"), wanted);
  }

  JsonNode message(String id) {
    return state().path("state").path("messages").path(id);
  }

  /** A socket that is open, but not active yet. */
  TestSocket socket() {
    JsonNode ticket = post("/v1/socket-tickets", "{}").is(200, "socket-ticket");
    return TestSocket.open(http, ticket.path("url").asText());
  }

  /** A socket that is active, with all that a sync after this seq brings. */
  TestSocket socket(long after) {
    TestSocket socket = socket();
    socket.send("{\"action\":\"sync\",\"after\":" + after + "}");
    JsonNode _ = socket.first(frame -> List.of("snapshot", "commit").contains(type(frame)));
    return socket;
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  static JsonNode text(String text) {
    return JSON.getNodeFactory().textNode(text);
  }

  static String type(JsonNode frame) {
    return frame.path("type").asText();
  }

  static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + json, e);
    }
  }

  /** Fails unless the value fits a schema of {@code events/}. */
  static void fits(String schema, JsonNode value) {
    assertThat(SCHEMAS.faults(schema, value)).as(schema + " of " + value).isEmpty();
  }

  private JsonNode await(String what, String eventId) {
    List<JsonNode> found = new ArrayList<>();
    Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> {
          events().stream()
              .filter(event -> event.path("event_id").asText().equals(eventId))
              .forEach(found::add);
          return !found.isEmpty();
        });
    return found.getFirst();
  }
}
