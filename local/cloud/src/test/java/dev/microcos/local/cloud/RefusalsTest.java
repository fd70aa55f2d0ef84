package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be done is said in words that help, and leaves no record. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalsTest {

  private static final String TASK = "task_00000000-0000-7000-8000-000000000000";

  private static TestCloud cloud;
  private final AtomicInteger people = new AtomicInteger();
  private TestPerson person = TestPerson.NOBODY;

  @BeforeAll
  static void start(@TempDir Path folder) {
    Map<String, String> variables = new HashMap<>(TestCloud.WIDE);
    variables.put("MICROCOS_MESSAGES_PER_MINUTE", "3");
    variables.put("MICROCOS_WRITES_PER_MINUTE", "5");
    cloud = TestCloud.start(folder, variables);
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @BeforeEach
  void arrive() {
    person = cloud.as("p" + people.incrementAndGet());
  }

  @Nested
  class A_bad_body {

    @AfterEach
    void leaves_no_record() {
      assertThat(person.events()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "POST|/v1/messages|{}|/text",
          "POST|/v1/messages|{\"text\":1}|/text",
          "POST|/v1/messages|{\"text\":\"  \"}|/text",
          "POST|/v1/messages|{\"text\":\"\\u0000\"}|/text",
          "POST|/v1/messages|{\"text\":\"x\",\"interrupt\":\"yes\"}|/interrupt",
          "POST|/v1/messages|{\"text\":\"x\",\"conversation_id\":\"NOT OK\"}|/conversation_id",
          "POST|/v1/messages|{\"text\":\"x\",\"client_action_id\":\"\"}|/client_action_id",
          "POST|/v1/tasks|{\"title\":\"x\",\"due\":\"2026-02-30\"}|/due",
          "POST|/v1/tasks|{\"title\":\"x\",\"priority\":\"huge\"}|/priority",
          "POST|/v1/tasks|{\"title\":\"x\",\"a/b~c\":1}|/a~1b~0c",
          "POST|/v1/tasks|{\"title\":null}|/title",
          "POST|/v1/tasks|{\"title\":\"x\",\"priority\":1e400}|/priority",
          "PUT|/v1/preferences|{\"travel\":{\"budget\":-1e400}}|/travel/budget",
          "PATCH|/v1/tasks/" + TASK + "|{\"status\":\"proposed\"}|/status",
          "PUT|/v1/preferences|{\"time_zone\":\"Mars/Olympus\"}|/time_zone",
          "PUT|/v1/preferences|{\"colour\":\"red\"}|/colour",
          "DELETE|/v1/tasks/" + TASK + "|{\"why\":1}|/why",
          "POST|/v1/socket-tickets|{\"for\":\"me\"}|/for",
        })
    void is_told_by_a_pointer_to_each_fault(
        String method, String path, String body, String pointer) {
      JsonNode problem = person.send(method, path, body).is(400, "problem");
      assertThat(problem.path("errors").valueStream().map(each -> each.path("pointer").asText()))
          .contains(pointer);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "[]",
          "7",
          "null",
          "\"text\"",
          "{",
          "{\"title\":\"a\",\"title\":\"b\"}",
          "{}{}",
          "\uFEFF{"
        })
    void is_told_where_it_is_no_object(String body) {
      JsonNode problem = person.post("/v1/tasks", body).is(400, "problem");
      assertThat(problem.path("errors")).isNotEmpty();
    }

    @Test
    void is_told_where_it_is_not_utf_8_or_nested_too_deep() {
      byte[] latin = "{\"title\":\"M\u00fcnchen\"}".getBytes(StandardCharsets.ISO_8859_1);
      JsonNode _ =
          person.send("POST", "/v1/tasks", BodyPublishers.ofByteArray(latin)).is(400, "problem");
      String deep = "{\"title\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}";
      JsonNode _ = person.post("/v1/tasks", deep).is(400, "problem");
    }

    @Test
    void names_all_that_is_wrong_at_once() {
      JsonNode problem =
          person.post("/v1/tasks", "{\"due\":\"soon\",\"priority\":1,\"x\":2}").is(400, "problem");
      assertThat(problem.path("errors").valueStream().map(each -> each.path("pointer").asText()))
          .contains("/title", "/due", "/priority", "/x");
      assertThat(problem.toString()).doesNotContain("soon");
    }

    @Test
    void that_is_too_large_is_413() {
      JsonNode _ =
          person
              .post("/v1/tasks", "{\"title\":\"" + "x".repeat(65 * 1024) + "\"}")
              .is(413, "problem");
      String euros = "\u20ac".repeat(5500);
      JsonNode _ = person.post("/v1/messages", "{\"text\":\"" + euros + "\"}").is(413, "problem");
    }

    @Test
    void or_a_bad_key_of_idempotency_is_told() {
      for (String key : List.of("x".repeat(129), "a\tb", " ")) {
        JsonNode problem =
            person
                .post("/v1/tasks", "{\"title\":\"x\"}", "Idempotency-Key", key)
                .is(400, "problem");
        assertThat(problem.path("errors").toString()).contains("client_action_id");
      }
      String differs = "{\"title\":\"x\",\"client_action_id\":\"a\"}";
      JsonNode _ = person.post("/v1/tasks", differs, "Idempotency-Key", "b").is(400, "problem");
    }
  }

  @Nested
  class A_route {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "GET /v1/unknown",
          "GET /v1/tasks/x/y",
          "GET /v1/state/x",
          "PATCH /v1/tasks/task_1",
          "GET /v1/operations/../state",
          "GET /v1/trace/req_1",
          "POST /v1/operations/op_1/cancel",
          "POST /v1/operations/x/explode",
          "GET /v1/a/b/c/d/e",
          "GET /v1//",
          "GET /v1/trace/req_00000000-0000-7000-8000-000000000000",
          "GET /v1/operations/op_00000000-0000-7000-8000-000000000000"
        })
    void that_is_not_there_is_404(String route) {
      String[] parts = route.split(" ", -1);
      assertThat(person.send(parts[0], parts[1], "{}").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "GET /v1/tasks",
          "PUT /v1/messages",
          "DELETE /v1/state",
          "POST /v1/events",
          "PUT /v1/tasks/" + TASK,
          "PATCH /v1/preferences",
          "GET /v1/socket-tickets",
          "DELETE /v1/events",
          "PUT /v1/events"
        })
    void with_another_method_is_405(String route) {
      String[] parts = route.split(" ", -1);
      TestPerson.Answer answer = person.send(parts[0], parts[1], "{}");
      JsonNode _ = answer.is(405, "problem");
      assertThat(answer.header("allow")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/v1/events?after=x",
          "/v1/events?after=-1",
          "/v1/events?limit=0",
          "/v1/events?limit=1001",
          "/v1/state?at=1.5",
          "/v1/state?since=",
          "/v1/messages?limit=x",
          "/v1/messages?conversation_id=Trip",
          "/v1/runs?before=x",
          "/v1/export?runs_before=x",
          "/v1/events?after=99999999999999999999"
        })
    void with_a_bad_query_is_400(String path) {
      assertThat(person.get(path).is(400, "problem").path("errors")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {9_007_199_254_740_991L, 1_000_000_000_000_000L, 17L})
    void beyond_the_end_of_the_log_is_no_fault(long seq) {
      assertThat(person.get("/v1/events?after=" + seq).is(200, "events").path("events")).isEmpty();
      JsonNode _ = person.get("/v1/state?at=" + seq).is(404, "problem");
      JsonNode _ = person.get("/v1/state?since=" + seq).is(200, "state");
      assertThat(person.get("/v1/messages?before=" + seq).is(200, "messages").path("messages"))
          .isEmpty();
    }

    @Test
    void keeps_a_request_id_that_is_one_and_makes_another_else() {
      String sent = "req_018f0000-0000-7000-8000-000000000001";
      assertThat(person.get("/v1/state", "X-Request-Id", sent).header("x-request-id"))
          .isEqualTo(sent);
      assertThat(person.get("/v1/state", "X-Request-Id", "<b>").header("x-request-id"))
          .matches("req_[0-9a-f-]{36}");
      JsonNode accepted =
          person
              .post("/v1/tasks", "{\"title\":\"<b>a</b>\\u0007\\uffff\"}", "X-Request-Id", sent)
              .is(202, "accepted");
      JsonNode event = person.logged(accepted.path("event_id").asText());
      assertThat(event.path("request_id").asText()).isEqualTo(sent);
      assertThat(event.at("/payload/title").asText()).isEqualTo("<b>a</b>");
    }
  }

  @Nested
  class Too_many {

    @Test
    void messages_in_a_minute_are_429_with_the_time_to_wait() {
      TestPerson.Answer answer = person.post("/v1/messages", "{\"text\":\"x\"}");
      for (int i = 0; i < 3 && answer.status() == 202; i++) {
        answer = person.post("/v1/messages", "{\"text\":\"x\"}");
      }
      JsonNode problem = answer.is(429, "problem");
      assertThat(problem.path("limit").asInt()).isEqualTo(3);
      assertThat(problem.path("current").asInt()).isEqualTo(3);
      assertThat(problem.path("reset_at").asText()).endsWith("Z");
      assertThat(Integer.parseInt(answer.header("retry-after"))).isBetween(1, 60);
      cloud.advance("PT" + answer.header("retry-after") + "S");
      assertThat(person.post("/v1/messages", "{\"text\":\"x\"}").status()).isEqualTo(202);
    }

    @Test
    void frames_in_a_minute_are_an_error_frame() {
      TestSocket socket = person.socket(0);
      for (int i = 0; i < 4; i++) {
        socket.send("{\"action\":\"message\",\"text\":\"x\",\"client_action_id\":\"a" + i + "\"}");
      }
      JsonNode error = socket.first(frame -> TestPerson.type(frame).equals("error"));
      assertThat(error.path("code").asText()).isEqualTo("limit");
    }
  }

  @Nested
  class A_bad_frame {

    @Test
    void is_answered_by_an_error_and_leaves_no_record() {
      TestSocket socket = person.socket(0);
      List<String> bad =
          List.of(
              "x",
              "{",
              "[]",
              "null",
              "7",
              "",
              "{}",
              "{\"action\":1}",
              "{\"action\":null}",
              "{\"action\":\"fly\"}",
              "{\"action\":\"$connect\"}",
              "{\"action\":\"$disconnect\"}",
              "{\"action\":{\"a\":1}}",
              "{\"action\":\"sync\"}",
              "{\"action\":\"sync\",\"after\":\"1\"}",
              "{\"action\":\"sync\",\"after\":-1}",
              "{\"action\":\"sync\",\"after\":1.5}",
              "{\"action\":\"message\",\"text\":\"x\"}",
              "{\"action\":\"message\",\"text\":7,\"client_action_id\":\"a\"}",
              "{\"action\":\"message\",\"text\":\"x\",\"client_action_id\":\"a\",\"user_id\":\"b\"}",
              "{\"action\":\"cancel\",\"operation_id\":\"op_1\"}",
              "{\"action\":\"ping\",\"more\":1}",
              "{\"message\":\"Forbidden\"}",
              "{\"action\":\"message\",\"client_action_id\":\"big\",\"text\":\""
                  + "x".repeat(100 * 1024)
                  + "\"}");
      bad.forEach(socket::send);
      socket.send(new byte[] {0, 1, 2, (byte) 0xff});
      socket.send("{\"action\":\"ping\"}".getBytes(StandardCharsets.UTF_8));
      socket.send("{\"action\":\"ping\"}");
      JsonNode _ = socket.first(frame -> TestPerson.type(frame).equals("pong"));
      assertThat(socket.frames("error")).hasSize(bad.size() + 2);
      assertThat(socket.frames("error"))
          .allSatisfy(error -> {
            TestPerson.fits("api/frames/error", error);
            assertThat(error.path("request_id").asText()).startsWith("req_");
            assertThat(error.toString()).doesNotContain("Exception").doesNotContain("dev.microcos");
          });
      assertThat(person.events()).isEmpty();
    }
  }
}
