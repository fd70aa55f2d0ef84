package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Answers: how they come, in which order, how they are stopped and how they fail. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswersTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String TWENTY =
      "one two three four five six seven eight nine ten"
          + " eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty";

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

  @Nested
  class An_answer {

    @Test
    void is_shown_piece_by_piece_and_kept_as_it_was_shown() {
      cloud.faults("{\"model\":{\"script\":\"" + TWENTY + "\",\"delay_ms\":60}}");
      TestPerson person = cloud.as("pieces");
      TestSocket socket = person.socket(0);
      JsonNode said = person.says("Count");
      String operation = said.path("operation_id").asText();
      JsonNode _ = socket.first(frame -> TestPerson.type(frame).equals("llm.token"));
      assertThat(person.message(operation).path("status").asText()).isEqualTo("streaming");
      JsonNode _ = socket.event("assistant.message", operation);

      List<JsonNode> tokens = socket.frames("llm.token");
      assertThat(tokens).hasSizeGreaterThanOrEqualTo(10);
      for (int i = 0; i < tokens.size(); i++) {
        TestPerson.fits("api/frames/llm.token", tokens.get(i));
        assertThat(tokens.get(i).path("index").asInt()).isEqualTo(i);
        assertThat(tokens.get(i).path("attempt").asInt()).isEqualTo(1);
        assertThat(tokens.get(i).path("operation_id").asText()).isEqualTo(operation);
      }
      assertThat(socket.text(operation)).isEqualTo(TWENTY);
      assertThat(person.answer(said).path("text").asText()).isEqualTo(TWENTY);
      assertThat(types(person)).containsExactly("user.message", "assistant.message");
    }

    @Test
    void knows_what_was_said_before() {
      TestPerson person = cloud.as("memory");
      JsonNode _ = person.answer(person.says("My plant is called Bertha"));
      JsonNode said = person.says("What is it called?");
      JsonNode _ = person.answer(said);
      JsonNode call = person.call(said.path("operation_id").asText());
      assertThat(call.path("prompt").asText()).contains("Bertha").contains("What is it called?");
      assertThat(call.path("status").asText()).isEqualTo("complete");
      assertThat(call.path("output_tokens").asInt()).isPositive();
    }

    @Test
    void waits_until_the_one_before_is_over() {
      cloud.faults("{\"model\":{\"delay_ms\":20}}");
      TestPerson person = cloud.as("queue");
      TestSocket socket = person.socket(0);
      List<String> operations = new ArrayList<>();
      for (String text : List.of("Hello", "Thank you", "Good night")) {
        operations.add(person.says(text).path("operation_id").asText());
      }
      for (String operation : operations) {
        JsonNode _ = socket.event("assistant.message", operation);
      }
      List<String> spoke = new ArrayList<>();
      for (JsonNode token : socket.frames("llm.token")) {
        String operation = token.path("operation_id").asText();
        if (spoke.isEmpty() || !spoke.getLast().equals(operation)) {
          spoke.add(operation);
        }
      }
      assertThat(spoke).containsExactlyElementsOf(operations);
      List<String> answered =
          person.events().stream()
              .filter(event -> event.path("type").asText().equals("assistant.message"))
              .map(event -> event.path("operation_id").asText())
              .toList();
      assertThat(answered).containsExactlyElementsOf(operations);
    }

    @Test
    void that_does_not_come_holds_nobody_else_up() {
      cloud.faults("{\"model\":{\"silent\":true}}");
      TestPerson stuck = cloud.as("stuck");
      JsonNode waiting = stuck.says("Hello");
      String operation = waiting.path("operation_id").asText();
      await()
          .atMost(PATIENCE)
          .until(() -> stuck.get("/v1/operations/" + operation).status() == 200);
      TestPerson other = cloud.as("free");
      String _ = other.makes("Not held up");
      assertThat(stuck.message(operation).path("status").asText()).isEqualTo("streaming");
      cloud.noFaults();
      assertThat(stuck.answer(waiting).path("status").asText()).isEqualTo("complete");
    }
  }

  @Nested
  class A_stop {

    @Test
    void over_http_keeps_what_was_written_and_can_be_repeated() {
      cloud.faults("{\"model\":{\"script\":\"" + TWENTY + "\",\"delay_ms\":100}}");
      TestPerson person = cloud.as("stopper");
      TestSocket socket = person.socket(0);
      String operation = person.says("Count").path("operation_id").asText();
      JsonNode _ = socket.first(frame -> TestPerson.type(frame).equals("llm.token"));
      String path = "/v1/operations/" + operation + "/cancel";
      String[] wait = {"Prefer", "return=representation"};
      JsonNode stopped = person.post(path, "{}", wait).is(200, "committed");
      assertThat(stopped.at("/state/messages/" + operation + "/status").asText())
          .isEqualTo("cancelled");
      JsonNode _ = person.post(path, "{}", wait).is(409, "problem");
      JsonNode _ = socket.event("assistant.message", operation);
      JsonNode message = person.message(operation);
      assertThat(message.path("status").asText()).isEqualTo("cancelled");
      assertThat(TWENTY)
          .startsWith(message.path("text").asText())
          .isNotEqualTo(message.path("text").asText());
      assertThat(message.path("text").asText()).startsWith(socket.text(operation));
    }

    @Test
    void over_a_socket_stops_too() {
      cloud.faults("{\"model\":{\"script\":\"" + TWENTY + "\",\"delay_ms\":100}}");
      TestPerson person = cloud.as("socket-stopper");
      TestSocket socket = person.socket(0);
      JsonNode said = person.says("Count");
      String operation = said.path("operation_id").asText();
      socket.send("{\"action\":\"cancel\",\"operation_id\":\"" + operation + "\"}");
      JsonNode _ = socket.event("operation.cancelled", operation);
      assertThat(person.answer(said).path("status").asText()).isEqualTo("cancelled");
      assertThat(socket.frames("error")).isEmpty();
    }

    @Test
    void comes_with_the_message_that_interrupts() {
      cloud.faults("{\"model\":{\"silent\":true}}");
      TestPerson person = cloud.as("interrupter");
      JsonNode first = person.says("Tell me everything");
      JsonNode _ = person.logged(first.path("event_id").asText());
      JsonNode second =
          person
              .post("/v1/messages", "{\"text\":\"Hello\",\"interrupt\":true}")
              .is(202, "accepted");
      JsonNode _ = person.logged(second.path("event_id").asText());
      cloud.noFaults();
      assertThat(person.answer(first).path("status").asText()).isEqualTo("cancelled");
      assertThat(person.answer(second).path("status").asText()).isEqualTo("complete");
    }
  }

  @Nested
  class A_model {

    @Test
    void that_refuses_twice_still_answers_once() {
      cloud.faults("{\"model\":{\"fail_first\":2}}");
      TestPerson person = cloud.as("twice-refused");
      JsonNode answer = person.answer(person.says("Hello"));
      assertThat(answer.path("status").asText()).isEqualTo("complete");
      assertThat(types(person)).containsExactly("user.message", "assistant.message");
    }

    @Test
    void that_always_refuses_ends_in_a_failure_that_is_told() {
      cloud.faults("{\"model\":{\"fail_first\":1000}}");
      assertThat(fails(cloud.as("refused")).path("text").asText()).isEmpty();
    }

    @Test
    void that_breaks_off_ends_in_a_failure_with_what_was_written() {
      cloud.faults("{\"model\":{\"script\":\"" + TWENTY + "\",\"cut_after\":3}}");
      TestPerson person = cloud.as("cut");
      JsonNode call = fails(person);
      assertThat(call.path("text").asText()).isEqualTo("one two three");
      assertThat(person.message(call.path("operation_id").asText()).path("text").asText())
          .isEqualTo("one two three");
    }

    @Test
    void that_says_nothing_ends_in_a_failure() {
      cloud.faults("{\"model\":{\"silent\":true}}");
      TestPerson person = cloud.as("silence");
      JsonNode _ = cloud.admin("DELETE", "/_local/counts", "{}");
      JsonNode said = person.says("Hello");
      for (int calls = 1; calls <= 3; calls++) {
        int asked = calls;
        await()
            .atMost(PATIENCE)
            .until(() ->
                cloud.admin("GET", "/_local/counts", "{}").at("/bedrock/ConverseStream").asInt()
                    == asked);
        cloud.advance("PT61S");
      }
      assertThat(person.answer(said).path("status").asText()).isEqualTo("failed");
      assertThat(types(person)).containsExactly("user.message", "assistant.failed");
    }

    /** Gives the account of the call that failed. */
    private static JsonNode fails(TestPerson person) {
      JsonNode said = person.says("Hello");
      JsonNode message = person.answer(said);
      assertThat(message.path("status").asText()).isEqualTo("failed");
      assertThat(types(person)).containsExactly("user.message", "assistant.failed");
      JsonNode failed = person.events().getLast();
      assertThat(failed.at("/payload/code").asText()).isNotEmpty();
      assertThat(failed.toString()).doesNotContain("Exception");
      assertThat(message.at("/failure/code")).isEqualTo(failed.at("/payload/code"));
      assertThat(message.at("/failure/detail")).isEqualTo(failed.at("/payload/detail"));
      assertThat(person.state().at("/state/operations")).isEmpty();
      cloud.noFaults();
      JsonNode next = person.answer(person.says("And now?"));
      assertThat(next.path("status").asText()).isEqualTo("complete");
      return person.call(said.path("operation_id").asText());
    }
  }

  private static List<String> types(TestPerson person) {
    return person.events().stream().map(event -> event.path("type").asText()).toList();
  }
}
