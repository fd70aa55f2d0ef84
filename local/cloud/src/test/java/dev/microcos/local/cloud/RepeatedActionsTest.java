package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Whatever comes twice, counts once, and all that comes stands in one order. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RepeatedActionsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static TestCloud cloud;

  @BeforeAll
  static void start(@TempDir Path folder) {
    cloud = TestCloud.start(folder, TestCloud.WIDE);
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @Nested
  class Four_hundred_requests_of_one_person_at_once {

    @Test
    void of_which_half_repeat_an_action_make_two_hundred_events() throws Exception {
      TestPerson person = cloud.as("many");
      List<Callable<JsonNode>> requests = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String action = "action-" + i;
        String body = "{\"title\":\"Task " + i + "\"";
        String inBody = body + ",\"client_action_id\":\"" + action + "\"}";
        requests.add(() -> person.post("/v1/tasks", inBody).is(202, "accepted"));
        requests.add(() ->
            person.post("/v1/tasks", body + "}", "Idempotency-Key", action).is(202, "accepted"));
      }
      Map<String, Set<String>> idsByAction = new HashMap<>();
      try (ExecutorService clients = Executors.newFixedThreadPool(40)) {
        for (Future<JsonNode> answer : clients.invokeAll(requests)) {
          JsonNode reply = answer.get();
          idsByAction
              .computeIfAbsent(reply.path("client_action_id").asText(), _ -> new HashSet<>())
              .add(reply.path("event_id").asText() + " " + reply.path("task_id").asText());
        }
      }
      assertThat(idsByAction).hasSize(200);
      assertThat(idsByAction.values()).allMatch(ids -> ids.size() == 1);

      await().atMost(PATIENCE).until(() -> person.state().path("seq").asInt() >= 200);
      String _ = person.makes("The last one stands behind all repeats");
      List<JsonNode> events = person.events();
      assertThat(events).extracting(event -> event.path("seq").asInt()).containsExactly(upTo(201));
      assertThat(events)
          .extracting(event -> event.path("event_id").asText())
          .doesNotHaveDuplicates();
      assertThat(events).allSatisfy(event -> TestPerson.fits("api/event", event));
      assertThat(person.state().at("/state/tasks")).hasSize(201);
    }
  }

  @Nested
  class The_same_action {

    @Test
    void ten_minutes_later_has_no_second_effect() {
      TestPerson person = cloud.as("later");
      String body = "{\"text\":\"Hello\",\"client_action_id\":\"hello-1\"}";
      JsonNode first = person.post("/v1/messages", body).is(202, "accepted");
      JsonNode _ = person.answer(first);
      int seq = person.state().path("seq").asInt();
      cloud.advance("PT10M");
      JsonNode again = person.post("/v1/messages", body).is(202, "accepted");
      assertThat(again.path("event_id")).isEqualTo(first.path("event_id"));
      assertThat(again.path("operation_id")).isEqualTo(first.path("operation_id"));
      String _ = person.makes("Behind it");
      assertThat(person.state().path("seq").asInt()).isEqualTo(seq + 1);
      assertThat(person.state().at("/state/messages")).hasSize(2);
    }

    @Test
    void keeps_its_first_content() {
      TestPerson person = cloud.as("first");
      String action = "\",\"client_action_id\":\"once\"}";
      JsonNode _ = person.post("/v1/tasks", "{\"title\":\"One" + action).is(202, "accepted");
      JsonNode _ = person.post("/v1/tasks", "{\"title\":\"Two" + action).is(202, "accepted");
      String _ = person.makes("Three");
      assertThat(
              person
                  .state()
                  .at("/state/tasks")
                  .valueStream()
                  .map(task -> task.path("title").asText()))
          .containsExactlyInAnyOrder("One", "Three");
    }

    @Test
    void over_a_socket_and_over_http_is_one() {
      TestPerson person = cloud.as("both");
      TestSocket socket = person.socket(0);
      socket.send("{\"action\":\"message\",\"text\":\"Hello\",\"client_action_id\":\"both-1\"}");
      JsonNode accepted =
          person
              .post("/v1/messages", "{\"text\":\"Hello\",\"client_action_id\":\"both-1\"}")
              .is(202, "accepted");
      JsonNode answer = person.answer(accepted);
      assertThat(answer.path("status").asText()).isEqualTo("complete");
      assertThat(person.state().at("/state/messages")).hasSize(2);
    }

    @Test
    void on_another_route_is_another_one() {
      TestPerson person = cloud.as("routes");
      String action = "\"client_action_id\":\"shared\"}";
      JsonNode task = person.post("/v1/tasks", "{\"title\":\"x\"," + action).is(202, "accepted");
      String path = "/v1/tasks/" + task.path("task_id").asText();
      JsonNode patched =
          person.send("PATCH", path, "{\"title\":\"y\"," + action).is(202, "accepted");
      JsonNode preferred =
          person
              .send("PUT", "/v1/preferences", "{\"time_zone\":\"Europe/Berlin\"," + action)
              .is(202, "accepted");
      JsonNode _ = person.logged(preferred.path("event_id").asText());
      assertThat(person.events())
          .extracting(event -> event.path("event_id").asText())
          .containsExactly(
              task.path("event_id").asText(),
              patched.path("event_id").asText(),
              preferred.path("event_id").asText());
    }

    @Test
    void is_refused_where_its_id_is_older_than_thirty_days_or_of_the_future() {
      TestPerson person = cloud.as("aged");
      Instant now = Instant.parse(cloud.admin("GET", "/_local/clock", "{}").path("now").asText());
      for (Duration age : List.of(Duration.ofDays(31), Duration.ofMinutes(-6))) {
        JsonNode problem = person.post("/v1/tasks", aged(now.minus(age))).is(400, "problem");
        assertThat(problem.at("/errors/0/pointer").asText()).isEqualTo("/client_action_id");
      }
      assertThat(person.events()).isEmpty();
      for (Duration age : List.of(Duration.ofDays(29), Duration.ofMinutes(-4))) {
        JsonNode _ = person.post("/v1/tasks", aged(now.minus(age))).is(202, "accepted");
      }
    }

    /** A task whose action has a UUIDv7 of this time. */
    private static String aged(Instant time) {
      String millis = HexFormat.of().toHexDigits(time.toEpochMilli(), 12);
      return "{\"title\":\"x\",\"client_action_id\":\"%s-%s-7000-8000-000000000000\"}"
          .formatted(millis.substring(0, 8), millis.substring(8));
    }
  }

  @Nested
  class Queues_that_deliver_twice {

    @Test
    void double_nothing() {
      TestPerson person = cloud.as("twice");
      cloud.faults("{\"deliver_twice\":true}");
      try {
        TestSocket socket = person.socket(0);
        JsonNode said = person.says("Hello");
        String _ = person.makes("Once");
        JsonNode answer = person.answer(said);
        String _ = person.makes("Twice");
        List<JsonNode> events = person.events();
        assertThat(events)
            .extracting(event -> event.path("type").asText())
            .containsExactlyInAnyOrder(
                "user.message", "task.created", "assistant.message", "task.created");
        assertThat(events).extracting(event -> event.path("seq").asInt()).containsExactly(upTo(4));
        assertThat(joined(socket, said)).isEqualTo(answer.path("text").asText());
      } finally {
        cloud.noFaults();
      }
    }
  }

  @Nested
  class A_log_of_a_thousand_events {

    @Test
    void is_read_through_its_newest_snapshot_and_folds_to_each_state_that_was() throws Exception {
      TestPerson person = cloud.as("long");
      List<Callable<JsonNode>> writes = new ArrayList<>();
      String task = person.makes("Changes often");
      for (int i = 0; i < 1000; i++) {
        String body = "{\"title\":\"Title " + i + "\"}";
        writes.add(() -> person.send("PATCH", "/v1/tasks/" + task, body).is(202, "accepted"));
      }
      try (ExecutorService clients = Executors.newFixedThreadPool(16)) {
        for (Future<JsonNode> answer : clients.invokeAll(writes)) {
          JsonNode _ = answer.get();
        }
      }
      await().atMost(PATIENCE).until(() -> person.state().path("seq").asInt() == 1001);

      JsonNode _ = cloud.admin("DELETE", "/_local/counts", "{}");
      JsonNode newest = person.state();
      JsonNode calls = cloud.admin("GET", "/_local/counts", "{}").path("dynamodb");
      assertThat(calls.path("GetItem").asInt()).as("%s", calls).isLessThanOrEqualTo(4);
      assertThat(calls.path("Query").asInt()).as("%s", calls).isLessThanOrEqualTo(2);

      assertThat(person.get("/v1/state?at=1001").is(200, "state")).isEqualTo(newest);
      assertThat(person.events())
          .extracting(event -> event.path("seq").asInt())
          .containsExactly(upTo(1001));
      JsonNode past = person.get("/v1/state?at=500").is(200, "state");
      JsonNode event = person.get("/v1/events?after=499&limit=1").is(200, "events");
      assertThat(past.at("/state/tasks/" + task + "/title"))
          .isEqualTo(event.at("/events/0/payload/changes/title"));
      JsonNode since = person.get("/v1/state?since=990").is(200, "state");
      assertThat(since.path("from").asInt()).isEqualTo(990);
      assertThat(since.path("hash")).isEqualTo(newest.path("hash"));
    }
  }

  private static String joined(TestSocket socket, JsonNode said) {
    StringBuilder text = new StringBuilder();
    socket.frames("llm.token").stream()
        .filter(token -> token.path("operation_id").equals(said.path("operation_id")))
        .forEach(token -> text.append(token.path("text").asText()));
    return text.toString();
  }

  private static Integer[] upTo(int last) {
    Integer[] all = new Integer[last];
    for (int i = 0; i < last; i++) {
      all[i] = i + 1;
    }
    return all;
  }
}
