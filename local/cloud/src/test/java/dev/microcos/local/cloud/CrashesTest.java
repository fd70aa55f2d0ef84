package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Wherever the reducer or the assistant dies, what was accepted is there once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashesTest {

  private static TestCloud cloud;

  @BeforeAll
  static void start(@TempDir Path folder) {
    cloud = TestCloud.start(folder, TestCloud.WIDE);
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @ParameterizedTest
  @EnumSource(Crashes.Point.class)
  void lose_nothing_and_double_nothing(Crashes.Point point) {
    TestPerson person = cloud.as("crash-" + point);
    TestPerson other = cloud.as("beside-" + point);
    String _ = person.makes("Before");
    cloud.faults("{\"crash_at\":\"" + point.written() + "\"}");
    JsonNode said = person.says("Hello");
    await().atMost(Duration.ofSeconds(60)).until(() -> faults().isEmpty());
    JsonNode later = person.post("/v1/tasks", "{\"title\":\"After\"}").is(202, "accepted");
    String _ = other.makes("Nobody else waits for it");
    cloud.advance(point.written().startsWith("assistant") ? "PT331S" : "PT61S");

    JsonNode _ = person.logged(later.path("event_id").asText());
    assertThat(person.answer(said).path("status").asText()).isEqualTo("complete");
    List<JsonNode> events = person.events();
    assertThat(events)
        .extracting(event -> event.path("type").asText())
        .containsExactlyInAnyOrder(
            "task.created", "user.message", "task.created", "assistant.message");
    assertThat(events).extracting(event -> event.path("seq").asInt()).containsExactly(1, 2, 3, 4);
    assertThat(events.get(1).path("event_id")).isEqualTo(said.path("event_id"));
    JsonNode calls = person.get("/v1/operations").is(200, "operations").path("operations");
    assertThat(calls).hasSize(1);
    assertThat(person.state().at("/state/tasks")).hasSize(2);
  }

  @Test
  void happen_where_there_is_such_a_place() {
    JsonNode problem = cloud.askAdmin("PUT", "/_local/faults", "{\"crash_at\":\"lunch\"}").is(400);
    assertThat(problem.toString()).contains("before_commit").contains("before_ack");
    assertThat(faults()).isEmpty();
  }

  private static JsonNode faults() {
    return cloud.admin("GET", "/_local/faults", "{}");
  }
}
