package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** An answer that failed is asked for again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetriesTest {

  private static final String[] WAIT = Belongings.waiting();

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

  @Test
  void an_answer_that_was_cut_is_written_anew_by_a_new_attempt() {
    TestPerson person = cloud.as("cut");
    TestSocket socket = person.socket(0);
    cloud.faults("{\"model\":{\"script\":\"one two three four\",\"cut_after\":2}}");
    JsonNode said = person.says("Count");
    String operation = said.path("operation_id").asText();
    JsonNode _ = socket.event("assistant.failed", operation);
    int failed = person.message(operation).path("attempt").asInt(1);
    assertThat(person.message(operation).path("text").asText()).isEqualTo("one two");

    cloud.faults("{\"model\":{\"script\":\"five six seven\",\"delay_ms\":60}}");
    JsonNode accepted = person.post(path(operation), "{}").is(202, "accepted");
    assertThat(accepted.path("operation_id").asText()).isEqualTo(operation);
    JsonNode _ = socket.event("assistant.message", operation);
    JsonNode message = person.message(operation);
    assertThat(message.path("status").asText()).isEqualTo("complete");
    assertThat(message.path("text").asText()).isEqualTo("five six seven");
    assertThat(message.has("failure")).isFalse();
    int attempt = message.path("attempt").asInt();
    assertThat(attempt).isGreaterThan(failed);

    StringBuilder shown = new StringBuilder();
    int index = 0;
    for (JsonNode token : socket.frames("llm.token")) {
      if (token.path("attempt").asInt() == attempt) {
        assertThat(token.path("index").asInt()).isEqualTo(index++);
        shown.append(token.path("text").asText());
      }
    }
    assertThat(shown).hasToString("five six seven");
    assertThat(types(person))
        .containsExactly(
            "user.message", "assistant.failed", "operation.retried", "assistant.message");
    assertThat(person.state().at("/state/operations")).isEmpty();
  }

  @Test
  void a_call_that_the_model_refused_can_be_retried_until_it_works() {
    TestPerson person = cloud.as("refused");
    cloud.faults("{\"model\":{\"fail_first\":1000}}");
    JsonNode said = person.says("Hello");
    String operation = said.path("operation_id").asText();
    assertThat(person.answer(said).path("status").asText()).isEqualTo("failed");
    JsonNode _ = person.post(path(operation), "{}", WAIT).is(200, "committed");
    assertThat(person.answer(said).path("status").asText()).isEqualTo("failed");
    cloud.noFaults();
    JsonNode _ = person.post(path(operation), "{}", WAIT).is(200, "committed");
    assertThat(person.answer(said).path("status").asText()).isEqualTo("complete");
    JsonNode _ = person.post(path(operation), "{}", WAIT).is(409, "problem");
    JsonNode call = person.get("/v1/operations/" + operation).is(200, "operation");
    assertThat(call.path("attempts").asInt()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void the_same_retry_twice_is_one() {
    TestPerson person = cloud.as("twice");
    cloud.faults("{\"model\":{\"fail_first\":1000}}");
    JsonNode said = person.says("Hello");
    JsonNode _ = person.answer(said);
    cloud.noFaults();
    String path = path(said.path("operation_id").asText());
    JsonNode one = person.post(path, "{\"client_action_id\":\"again\"}").is(202, "accepted");
    JsonNode two = person.post(path, "{}", "Idempotency-Key", "again").is(202, "accepted");
    assertThat(two.path("event_id")).isEqualTo(one.path("event_id"));
    assertThat(person.answer(said).path("status").asText()).isEqualTo("complete");
    String _ = person.makes("After");
    assertThat(types(person))
        .containsExactly(
            "user.message",
            "assistant.failed",
            "operation.retried",
            "assistant.message",
            "task.created");
  }

  @Test
  void a_calendar_event_comes_and_goes_as_its_prefetch_says() {
    TestPerson person = cloud.as("planner");
    JsonNode before = person.state().path("state");
    String body =
        "{\"title\":\"Review\",\"starts_at\":\"2026-12-03T10:00:00+01:00\","
            + "\"location\":\"Berlin\",\"client_action_id\":\"once\"}";
    JsonNode accepted = person.post("/v1/calendar-events", body).is(202, "accepted");
    JsonNode again = person.post("/v1/calendar-events", body).is(202, "accepted");
    String id = accepted.path("calendar_event_id").asText();
    assertThat(again.path("calendar_event_id").asText()).isEqualTo(id);
    JsonNode _ = person.logged(accepted.path("event_id").asText());
    JsonNode after = person.state().path("state");
    assertThat(TestSocket.merged(before, accepted.path("prefetch")).path("calendar"))
        .isEqualTo(after.path("calendar"));
    assertThat(after.at("/calendar/" + id + "/starts_at").asText())
        .isEqualTo("2026-12-03T09:00:00.000Z");

    String path = "/v1/calendar-events/" + id;
    JsonNode removed = person.send("DELETE", path, "{}").is(202, "accepted");
    assertThat(TestSocket.merged(after, removed.path("prefetch")).at("/calendar/" + id)).isEmpty();
    JsonNode _ = person.logged(removed.path("event_id").asText());
    JsonNode _ = person.send("DELETE", path, "{}", WAIT).is(404, "problem");
    assertThat(person.state().at("/state/calendar")).isEmpty();
    assertThat(types(person))
        .containsExactly("calendar.event_added", "calendar.event_removed", "rejected");
    String backwards = "{\"title\":\"x\",\"starts_at\":\"2026-12-03\",\"ends_at\":\"2026-12-01\"}";
    JsonNode problem = person.post("/v1/calendar-events", backwards).is(400, "problem");
    assertThat(problem.toString()).contains("/ends_at");
  }

  private static String path(String operation) {
    return "/v1/operations/" + operation + "/retry";
  }

  private static List<String> types(TestPerson person) {
    return person.events().stream().map(event -> event.path("type").asText()).toList();
  }
}
