package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What can be read: the state now and then, the log, the history, calls and traces. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadingTest {

  private static final ObjectMapper SORTED =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
  private static final String[] WAIT = {"Prefer", "return=representation"};

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
  class The_state {

    @Test
    void has_the_hash_of_its_canonical_form() throws Exception {
      TestPerson person = cloud.as("hash");
      JsonNode _ =
          person
              .post(
                  "/v1/tasks",
                  "{\"title\":\"\u00dcben \ud83c\udfb9 \\\"x\\\" \\\\"
                      + " </b>\",\"notes\":\"a\\nb\\tc\"}",
                  WAIT)
              .is(200, "committed");
      JsonNode _ = person.answer(person.says("Hello"));
      JsonNode read = person.state();
      assertThat(read.path("hash").asText()).isEqualTo(hash(read.path("state")));
      assertThat(read.path("seq").asInt()).isEqualTo(person.events().size());
    }

    @Test
    void is_not_sent_again_to_who_has_it() {
      TestPerson person = cloud.as("etag");
      String _ = person.makes("One");
      TestPerson.Answer first = person.get("/v1/state");
      String tag = first.header("etag");
      assertThat(tag).isEqualTo('"' + first.json().path("hash").asText() + '"');
      TestPerson.Answer same = person.get("/v1/state", "If-None-Match", tag);
      assertThat(same.status()).isEqualTo(304);
      assertThat(same.response().body()).isEmpty();
      assertThat(same.header("etag")).isEqualTo(tag);
      String _ = person.makes("Two");
      JsonNode _ = person.get("/v1/state", "If-None-Match", tag).is(200, "state");
    }

    @Test
    void can_be_read_as_it_was_and_as_what_changed() throws Exception {
      TestPerson person = cloud.as("past");
      String task = person.makes("One");
      JsonNode then = person.state();
      String path = "/v1/tasks/" + task;
      JsonNode _ = person.send("PATCH", path, "{\"status\":\"done\"}", WAIT).is(200, "committed");
      String _ = person.makes("Two");
      JsonNode _ = person.send("DELETE", path, "{}", WAIT).is(200, "committed");
      JsonNode now = person.state();
      assertThat(person.get("/v1/state?at=1").is(200, "state")).isEqualTo(then);
      JsonNode since = person.get("/v1/state?since=1").is(200);
      assertThat(since.path("from").asInt()).isEqualTo(1);
      assertThat(since.path("hash")).isEqualTo(now.path("hash"));
      assertThat(TestSocket.merged(then.path("state"), since.path("patch")))
          .isEqualTo(now.path("state"));
      JsonNode empty = person.get("/v1/state?since=4").is(200);
      assertThat(empty.path("patch")).isEmpty();
    }

    @Test
    void comes_whole_where_a_patch_would_lose_a_null() throws Exception {
      TestPerson person = cloud.as("precise");
      TestSocket socket = person.socket(0);
      String _ = person.makes("One");
      String schedule =
          "{\"expression\":\"rate(1 day)\",\"workflow\":\"onboarding\",\"input\":"
              + "{\"email\":\"a@example.com\",\"name\":\"Ana\",\"team\":{\"lead\":null}}}";
      JsonNode _ = person.send("PUT", "/v1/schedules/s", schedule, WAIT).is(200, "committed");
      JsonNode now = person.state();
      assertThat(now.at("/state/schedules/s/input/team").has("lead")).isTrue();
      JsonNode since = person.get("/v1/state?since=1").is(200, "state");
      assertThat(since).isEqualTo(now);
      JsonNode told = socket.first(frame -> frame.path("fetch").asBoolean());
      TestPerson.fits("api/frames/fetch", told);
      assertThat(told.path("seq")).isEqualTo(now.path("seq"));
      String _ = person.makes("Two");
      JsonNode next = person.get("/v1/state?since=" + now.path("seq")).is(200, "state");
      assertThat(TestSocket.merged(now.path("state"), next.path("patch")))
          .isEqualTo(person.state().path("state"));
    }

    @Test
    void of_nobody_in_particular_is_empty() throws Exception {
      JsonNode read = cloud.as("nobody-yet").state();
      assertThat(read.path("seq").asInt()).isZero();
      assertThat(read.path("hash").asText()).isEqualTo(hash(read.path("state")));
    }

    @Test
    void comes_with_the_write_that_waits_for_it() {
      TestPerson person = cloud.as("waits");
      JsonNode before = person.state();
      JsonNode accepted = person.post("/v1/tasks", "{\"title\":\"One\"}").is(202, "accepted");
      String task = accepted.path("task_id").asText();
      JsonNode guessed = TestSocket.merged(before.path("state"), accepted.path("prefetch"));
      assertThat(guessed.at("/tasks/" + task + "/title").asText()).isEqualTo("One");
      JsonNode committed =
          person
              .send("PATCH", "/v1/tasks/" + task, "{\"title\":\"Two\"}", WAIT)
              .is(200, "committed");
      assertThat(committed.path("seq").asInt()).isEqualTo(2);
      assertThat(committed.at("/state/tasks/" + task + "/title").asText()).isEqualTo("Two");
    }
  }

  @Nested
  class The_log {

    @Test
    void is_read_page_by_page() {
      TestPerson person = cloud.as("pages");
      for (String title : List.of("One", "Two", "Three")) {
        String _ = person.makes(title);
      }
      JsonNode first = person.get("/v1/events?limit=2").is(200, "events");
      assertThat(first.path("events")).hasSize(2);
      JsonNode second =
          person.get("/v1/events?limit=2&after=" + first.path("next").asInt()).is(200, "events");
      assertThat(second.path("events")).hasSize(1);
      JsonNode event = second.path("events").get(0);
      assertThat(event.path("seq").asInt()).isEqualTo(3);
      assertThat(event.path("type").asText()).isEqualTo("task.created");
      assertThat(event.path("conversation_id").asText("main")).isEqualTo("main");
    }

    @Test
    void tells_all_that_a_request_caused() {
      TestPerson person = cloud.as("trace");
      String _ = person.makes("Something else");
      JsonNode said = person.says("Hello");
      JsonNode _ = person.answer(said);
      JsonNode trace = person.get("/v1/trace/" + said.path("request_id").asText()).is(200, "trace");
      JsonNode events = trace.path("events");
      assertThat(events.findValuesAsText("type")).startsWith("user.message", "assistant.message");
      assertThat(events).hasSize(2);
      assertThat(events.get(1).path("causation_id")).isEqualTo(said.path("event_id"));
      assertThat(events.get(1).path("operation_id")).isEqualTo(said.path("operation_id"));
      assertThat(trace.path("operations")).hasSize(1);
    }
  }

  @Nested
  class The_history {

    @Test
    void is_read_from_the_newest_on() {
      TestPerson person = cloud.as("history");
      for (String text : List.of("Hello", "Thank you", "Good night")) {
        JsonNode _ = person.answer(person.says(text));
      }
      JsonNode first = person.get("/v1/messages?limit=2").is(200, "messages");
      assertThat(first.at("/messages/0/role").asText()).isEqualTo("assistant");
      assertThat(first.at("/messages/1/text").asText()).isEqualTo("Good night");
      JsonNode second =
          person.get("/v1/messages?limit=9&before=" + first.path("next").asInt()).is(200);
      assertThat(second.path("messages")).hasSize(4);
      assertThat(second.at("/messages/3/text").asText()).isEqualTo("Hello");
      assertThat(second.has("next")).isFalse();
    }

    @Test
    void is_kept_apart_by_conversation() {
      TestPerson person = cloud.as("two-talks");
      JsonNode _ = person.answer(person.says("Hello"));
      JsonNode work =
          person
              .post("/v1/messages", "{\"text\":\"At work\",\"conversation_id\":\"work\"}")
              .is(202, "accepted");
      JsonNode _ = person.answer(work);
      JsonNode page = person.get("/v1/messages?conversation_id=work").is(200, "messages");
      assertThat(page.path("messages")).hasSize(2);
      assertThat(page.findValuesAsText("conversation_id")).containsOnly("work");
    }
  }

  @Nested
  class Calls {

    @Test
    void are_listed_without_and_shown_with_their_prompt() {
      TestPerson person = cloud.as("calls");
      JsonNode said = person.says("Hello there");
      JsonNode _ = person.answer(said);
      JsonNode one = person.call(said.path("operation_id").asText());
      JsonNode list = person.get("/v1/operations").is(200, "operations").path("operations");
      assertThat(list).hasSize(1);
      assertThat(list.get(0).path("operation_id")).isEqualTo(said.path("operation_id"));
      assertThat(list.get(0).has("prompt")).isFalse();
      assertThat(one.path("prompt").asText()).contains("Hello there");
      assertThat(one.path("request_id")).isEqualTo(said.path("request_id"));
      for (String figure : List.of("input_tokens", "output_tokens", "latency_ms", "cost_usd")) {
        assertThat(one.has(figure)).as(figure).isTrue();
      }
    }

    @Test
    void go_to_the_models_that_are_configured() {
      JsonNode config = cloud.as("asks").get("/v1/config").is(200, "config");
      assertThat(config.at("/models/big/id").asText()).contains("llama3-3-70b");
      assertThat(config.path("environment").asText()).isEqualTo("development");
      assertThat(config.at("/limits/messages_per_minute").asInt()).isEqualTo(10_000);
    }
  }

  /** RFC 8785, for texts and whole numbers: sorted by UTF-16 code units, nothing between. */
  private static String hash(JsonNode state)
      throws JsonProcessingException, NoSuchAlgorithmException {
    Object sorted = SORTED.treeToValue(state, Map.class);
    byte[] canonical = SORTED.writeValueAsString(sorted).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
  }
}
