package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The socket is what its document says, and nothing else: the tests are made from it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FramesTest {

  private static TestCloud cloud;

  @BeforeAll
  static void start(@TempDir Path folder) {
    cloud = TestCloud.start(folder, TestCloud.WIDE);
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @AfterEach
  void repair() {
    cloud.noFaults();
  }

  static Iterable<String> actions() {
    return AsyncApi.actions();
  }

  @ParameterizedTest
  @MethodSource("actions")
  void an_action_of_the_document_does_what_it_says(String action) {
    TestPerson person = cloud.as("does " + action);
    Belongings belongings = new Belongings(cloud, person);
    String operation = belongings.open();
    TestSocket socket = action.equals("sync") ? person.socket() : person.socket(0);
    ObjectNode frame = belongings.real(AsyncApi.example(action).deepCopy());
    if (frame.has("operation_id")) {
      frame.put("operation_id", operation);
    }
    TestRun run = new TestRun(person, frame.path("run_id").asText());
    if (action.equals("unsubscribe")) {
      socket.send(frame.deepCopy().put("action", "subscribe").toString());
      JsonNode _ = socket.first(each -> TestPerson.type(each).equals("run"));
    }
    frame.remove("client_action_id");
    if (action.equals("message")) {
      frame.put("client_action_id", "mine");
    }
    socket.send(frame.toString());
    JsonNode _ =
        switch (action) {
          case "sync" -> socket.first(each -> TestPerson.type(each).equals("snapshot"));
          case "message" ->
              socket.first(each -> each.path("events").toString().contains("\"mine\""));
          case "cancel" -> socket.event("operation.cancelled", operation);
          case "subscribe" -> socket.first(each -> TestPerson.type(each).equals("run"));
          case "unsubscribe" -> isSilentOf(run, socket);
          case "input" -> run.completed();
          case "ping" -> socket.first(each -> TestPerson.type(each).equals("pong"));
          default -> throw new AssertionError("say here what " + action + " does");
        };
    assertThat(socket.frames("error")).isEmpty();
  }

  /** What the run does from now on is told to the person, but not shown to the socket. */
  private static JsonNode isSilentOf(TestRun run, TestSocket socket) {
    socket.send("{\"action\":\"ping\"}");
    JsonNode _ = socket.first(each -> TestPerson.type(each).equals("pong"));
    int shown = socket.frames("run").size();
    JsonNode _ = run.answers(run.question(), "{\"approved\":true}").is(202, "run-write");
    JsonNode over = run.completed();
    JsonNode _ = socket.first(each -> each.toString().contains("\"status\":\"completed\""));
    assertThat(socket.frames("run")).hasSize(shown);
    return over;
  }

  @Test
  void an_action_that_is_in_no_document_is_refused() {
    TestSocket socket = cloud.as("unknown").socket(0);
    List<String> other = List.of("retry", "rerun", "pong", "snapshot", "commit", "run");
    assertThat(AsyncApi.actions()).doesNotContainAnyElementsOf(other);
    other.forEach(action -> socket.send("{\"action\":\"" + action + "\"}"));
    await().until(() -> socket.frames("error").size() == other.size());
  }

  @Test
  void a_session_has_every_frame_of_the_document_and_no_other() {
    TestPerson person = cloud.as("session");
    TestSocket socket = person.socket(0);
    socket.send("{\"action\":\"ping\"}");
    socket.send("{\"action\":\"fly\"}");
    JsonNode _ = person.answer(person.says("Hello"));
    TestRun run = TestRun.start(person, "approval", "{\"request\":\"Shall we?\"}");
    socket.send("{\"action\":\"subscribe\",\"run_id\":\"" + run.id() + "\"}");
    JsonNode _ = person.says("x".repeat(16 * 1024));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> {
          Set<String> seen = new TreeSet<>();
          socket.frames().forEach(frame -> seen.add(AsyncApi.schemaOf(frame)));
          assertThat(seen).containsExactlyInAnyOrderElementsOf(AsyncApi.toClient());
        });
    socket.frames().forEach(frame -> TestPerson.fits(AsyncApi.schemaOf(frame), frame));
  }
}
