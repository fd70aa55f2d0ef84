package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The questions of runs: what they ask, and what becomes of the answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunQuestionsTest {

  private static final String QUESTION = "{\"request\":\"Shall we book the hall?\"}";
  private static final String YES = "{\"approved\":true}";

  private static TestCloud cloud;

  @BeforeAll
  static void start(@TempDir Path folder) {
    cloud = TestCloud.start(folder, TestCloud.WIDE);
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @Test
  void waits_for_its_first_answer_and_no_other() {
    TestPerson person = cloud.as("asked");
    TestRun run = TestRun.start(person, "approval", QUESTION);
    String input = run.question();
    JsonNode _ = person.once("the question", state -> state.path("questions").has(input));
    JsonNode wrong = run.answers(input, "[1,2,3]").is(400, "problem");
    assertThat(wrong.at("/errors/0/pointer").asText()).startsWith("/value");
    JsonNode _ = run.answers(input, YES).is(202, "run-write");
    JsonNode view = run.completed();
    assertThat(view.at("/questions/" + input + "/status").asText()).isEqualTo("answered");
    assertThat(view.at("/state/answer/approved").asBoolean()).isTrue();
    JsonNode late = run.answers(input, YES).is(409, "problem");
    assertThat(late.toString()).contains("answered");
    JsonNode _ = person.once("no question", state -> !state.path("questions").has(input));
  }

  @Test
  void takes_the_same_answer_again_as_the_same_and_tells_another_who_was_first() {
    TestPerson person = cloud.as("repeater");
    TestRun run = TestRun.start(person, "approval", QUESTION);
    String input = run.question();
    String path = "/v1/runs/" + run.id() + "/inputs/" + input;
    String body = "{\"value\":" + YES + "}";
    String[] action = {"Idempotency-Key", "yes-1"};
    JsonNode first = person.post(path, body, action).is(202, "run-write");
    JsonNode _ = run.completed();
    JsonNode again = person.post(path, body, action).is(202, "run-write");
    assertThat(again.path("event_id")).isEqualTo(first.path("event_id"));
    JsonNode late = person.post(path, body, Belongings.waiting()).is(409, "problem");
    assertThat(late.path("answered_by").asText()).startsWith("usr_");
    assertThat(late.has("answered_at")).isTrue();
    assertThat(run.types().stream().filter("input.received"::equals)).hasSize(1);
    assertThat(run.types()).doesNotContain("rejected");
  }

  @Test
  void takes_the_same_answer_again_over_a_socket_too() {
    TestPerson person = cloud.as("double-clicker");
    TestRun run = TestRun.start(person, "approval", QUESTION);
    String input = run.question();
    String answer =
        "{\"action\":\"input\",\"run_id\":\"%s\",\"input_id\":\"%s\",\"value\":%s"
            .formatted(run.id(), input, YES);
    String same = answer + ",\"client_action_id\":\"yes-1\"}";
    TestSocket socket = person.socket(0);
    socket.send(same);
    JsonNode _ = run.completed();
    socket.send(same);
    socket.send(answer + ",\"client_action_id\":\"yes-2\"}");
    JsonNode refused = socket.first(frame -> TestPerson.type(frame).equals("error"));
    assertThat(refused.path("code").asText()).isEqualTo("conflict");
    assertThat(refused.path("detail").asText()).contains("answered before, by usr_");
    socket.send("{\"action\":\"ping\"}");
    JsonNode _ = socket.first(frame -> TestPerson.type(frame).equals("pong"));
    assertThat(socket.frames("error")).hasSize(1);
    String body = "{\"value\":" + YES + "}";
    JsonNode _ =
        person
            .post("/v1/runs/" + run.id() + "/inputs/" + input, body, "Idempotency-Key", "yes-1")
            .is(202, "run-write");
    assertThat(run.types().stream().filter("input.received"::equals)).hasSize(1);
    assertThat(run.types()).doesNotContain("rejected");
  }

  @Test
  void is_no_more_in_the_view_that_an_answer_brings() {
    TestPerson person = cloud.as("impatient");
    TestRun run = TestRun.start(person, "approval", QUESTION);
    String input = run.question();
    JsonNode committed =
        person
            .post(
                "/v1/runs/" + run.id() + "/inputs/" + input,
                "{\"value\":" + YES + "}",
                Belongings.waiting())
            .is(200, "committed");
    assertThat(committed.at("/state/questions").has(input)).isFalse();
    assertThat(committed.at("/state/runs").has(run.id())).isTrue();
  }

  @Test
  void says_in_the_persons_view_what_holds_at_its_deadline() {
    TestPerson person = cloud.as("undecided");
    String input = TestRun.start(person, "approval", QUESTION).question();
    await().until(() -> person.state().at("/state/questions").has(input));
    JsonNode asked = person.state().at("/state/questions/" + input);
    assertThat(asked.at("/default/approved").isBoolean()).isTrue();
    assertThat(asked.at("/default/approved").asBoolean()).isFalse();
  }

  @Test
  void takes_its_default_at_the_deadline() {
    TestPerson person = cloud.as("silent");
    TestRun run = TestRun.start(person, "approval", QUESTION);
    String input = run.question();
    cloud.advance("P30D");
    JsonNode view = new TestRun(cloud.as("silent"), run.id()).over();
    assertThat(view.at("/questions/" + input + "/status").asText()).isNotEqualTo("open");
    assertThat(view.path("status").asText()).isEqualTo("completed");
  }

  @Test
  void of_somebody_else_is_not_there() {
    TestRun run = TestRun.start(cloud.as("owner"), "approval", QUESTION);
    String input = run.question();
    TestRun foreign = new TestRun(cloud.as("stranger"), run.id());
    JsonNode _ = foreign.answers(input, "true").is(404, "problem");
    JsonNode _ = foreign.person().get("/v1/runs/" + run.id()).is(404, "problem");
  }
}
