package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workflows as a person meets them: started, stopped, run again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunsTest {

  private static final String QUESTION = "{\"request\":\"Shall we book the hall?\"}";

  private static final String THREE_AT_ONCE =
      "{\"items\":[\"a\",\"b\",\"c\"],\"batch_size\":1,\"workers\":3,\"instruction\":\"Translate"
          + " it\"}";

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

  @AfterEach
  void repair() {
    cloud.noFaults();
  }

  @Nested
  class A_start {

    @Test
    void is_in_the_runs_log_before_it_is_answered() {
      TestPerson person = cloud.as("starter");
      TestRun run = TestRun.start(person, "approval", QUESTION);
      assertThat(run.types().getFirst()).isEqualTo("run.started");
      JsonNode view = run.view();
      assertThat(view.path("workflow").asText()).isEqualTo("approval");
      assertThat(view.at("/input/request").asText()).isEqualTo("Shall we book the hall?");
      assertThat(view.at("/trigger/kind").asText()).isEqualTo("api");
    }

    @Test
    void with_the_same_action_is_the_same_run() {
      TestPerson person = cloud.as("twice-starter");
      String body =
          "{\"workflow\":\"approval\",\"input\":%s,\"client_action_id\":\"start-1\"}"
              .formatted(QUESTION);
      JsonNode first = person.post("/v1/runs", body).is(202, "run-accepted");
      JsonNode second = person.post("/v1/runs", body).is(202, "run-accepted");
      assertThat(second.path("run_id")).isEqualTo(first.path("run_id"));
      assertThat(person.get("/v1/runs").is(200, "runs").path("runs")).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void gives_each_run_an_id_of_its_own() {
      TestPerson person = cloud.as("many-starter");
      Set<String> ids =
          IntStream.range(0, 20)
              .mapToObj(_ -> TestRun.start(person, "approval", QUESTION).id())
              .collect(Collectors.toSet());
      assertThat(ids).hasSize(20);
    }

    @Test
    void of_a_workflow_that_is_not_there_names_its_neighbours() {
      TestPerson.Answer answer =
          cloud
              .as("misspeller")
              .post("/v1/runs", "{\"workflow\":\"aproval\",\"input\":" + QUESTION + "}");
      JsonNode problem = answer.is(404, "problem");
      assertThat(problem.toString()).contains("approval");
    }

    @Test
    void with_a_wrong_input_names_the_field_and_makes_no_run() {
      TestPerson person = cloud.as("misfit");
      JsonNode problem =
          person
              .post("/v1/runs", "{\"workflow\":\"approval\",\"input\":{\"request\":7}}")
              .is(400, "problem");
      assertThat(problem.at("/errors/0/pointer").asText()).isEqualTo("/input/request");
      assertThat(person.get("/v1/runs").is(200, "runs").path("runs")).isEmpty();
    }

    @Test
    void from_a_step_that_is_offered_begins_there_with_nothing_but_its_input() {
      TestPerson person = cloud.as("starter");
      JsonNode accepted =
          person
              .post(
                  "/v1/runs",
                  "{\"workflow\":\"approval\",\"start_step\":\"Ask\","
                      + "\"input\":{\"request\":\"Shall we?\"}}")
              .is(202, "run-accepted");
      TestRun run = new TestRun(person, accepted.path("run_id").asText());
      JsonNode _ = run.answers(run.question(), YES).is(202, "run-write");
    }

    @Test
    void from_a_step_that_is_not_offered_names_those_that_are() {
      JsonNode problem =
          cloud
              .as("misstepper")
              .post(
                  "/v1/runs",
                  "{\"workflow\":\"approval\",\"start_step\":\"Nowhere\",\"input\":"
                      + QUESTION
                      + "}")
              .is(400, "problem");
      assertThat(problem.at("/errors/0/pointer").asText()).isEqualTo("/start_step");
      assertThat(problem.at("/errors/0/detail").asText()).isEqualTo("must be one of [Ask]");
    }
  }

  @Nested
  class A_cancelled_run {

    @Test
    void stays_cancelled() {
      TestPerson person = cloud.as("canceller");
      TestRun run = TestRun.start(person, "approval", QUESTION);
      String input = run.question();
      JsonNode _ = person.post("/v1/runs/" + run.id() + "/cancel", "{}").is(202, "run-write");
      assertThat(run.over().path("status").asText()).isEqualTo("cancelled");
      JsonNode _ = person.post("/v1/runs/" + run.id() + "/cancel", "{}").is(202, "run-write");
      JsonNode _ = run.answers(input, YES).is(409, "problem");
      assertThat(run.view().path("status").asText()).isEqualTo("cancelled");
      assertThat(run.types().stream().filter("run.cancelled"::equals)).hasSize(1);
    }

    @Test
    void stops_the_models_that_it_has_asked_and_takes_nothing_more_of_them(@TempDir Path folder)
        throws Exception {
      try (EndlessModel model = new EndlessModel();
          TestCloud own =
              TestCloud.start(folder, TestCloud.wide("MICROCOS_MODEL_URL", model.url()))) {
        TestPerson person = own.as("hasty");
        TestRun run = TestRun.start(person, "batch", THREE_AT_ONCE);
        model.awaitAsked(3);
        JsonNode _ = person.post("/v1/runs/" + run.id() + "/cancel", "{}").is(202, "run-write");
        model.awaitLeft(3);
        JsonNode cancelled = run.over();
        assertThat(cancelled.path("status").asText()).isEqualTo("cancelled");
        assertThat(cancelled.path("steps").valueStream().map(step -> step.path("status").asText()))
            .containsExactly("cancelled", "cancelled", "cancelled");

        List<String> after = run.typesOnce("what comes later", types -> types.contains("rejected"));
        assertThat(after.subList(after.indexOf("run.cancelled") + 1, after.size()))
            .containsOnly("rejected");
        for (String part : List.of("status", "state", "steps", "cost", "error")) {
          assertThat(run.view().path(part)).isEqualTo(cancelled.path(part));
        }
        for (JsonNode step : cancelled.path("steps")) {
          String operation = step.path("operation_id").asText();
          JsonNode call = person.get("/v1/operations/" + operation).is(200, "operation");
          assertThat(call.path("status").asText()).isEqualTo("cancelled");
        }
      }
    }

    @Test
    void was_cancelled_once_by_the_same_action() {
      TestPerson person = cloud.as("double-canceller");
      TestRun run = TestRun.start(person, "approval", QUESTION);
      String path = "/v1/runs/" + run.id() + "/cancel";
      String body = "{\"client_action_id\":\"cancel-1\"}";
      JsonNode first = person.post(path, body).is(202, "run-write");
      JsonNode _ = run.over();
      JsonNode again = person.post(path, body).is(202, "run-write");
      assertThat(again.path("event_id")).isEqualTo(first.path("event_id"));
      JsonNode view = person.post(path, "{}", Belongings.waiting()).is(200, "committed");
      assertThat(view.at("/state/runs/" + run.id() + "/status").asText()).isNotEmpty();
    }
  }

  @Nested
  class A_rerun {

    @Test
    void does_not_take_the_steps_before_it_again() {
      TestPerson person = cloud.as("rerunner");
      TestRun old =
          TestRun.start(person, "orchestrate", "{\"prompt\":\"Plan a party and a trip\"}");
      JsonNode before = old.completed();
      List<String> steps = TestRun.steps(before).stream().distinct().toList();
      String last = steps.getLast();
      String path = "/v1/runs/" + old.id() + "/rerun";
      JsonNode preview =
          person
              .post(path + "?dry_run=true", "{\"from\":\"" + last + "\"}")
              .is(200, "rerun-preview");
      assertThat(preview.path("runs_again").valueStream().map(JsonNode::asText))
          .containsExactly(last);
      JsonNode accepted = person.post(path, "{\"from\":\"" + last + "\"}").is(202, "run-accepted");
      JsonNode again = new TestRun(person, accepted.path("run_id").asText()).completed();
      assertThat(again.path("rerun_of").asText()).isEqualTo(old.id());
      assertThat(TestRun.steps(again)).containsExactly(last);
      assertThat(again.at("/state/plan")).isEqualTo(before.at("/state/plan"));
    }
  }

  @Nested
  class A_batch_that_fails {

    @Test
    void is_told_in_words_beside_the_results_of_those_that_are_kept() {
      TestRun run =
          TestRun.start(
              cloud.as("sorter"),
              "batch",
              "{\"items\":[\"a\",5,\"b\"],\"batch_size\":1,\"on_failure\":\"keep\"}");
      JsonNode result = run.completed().path("result");
      assertThat(result.path("results").toString()).isEqualTo("[\"a\",\"b\"]");
      assertThat(result.at("/failed/0/error").asText()).isEqualTo("Permanent");
      assertThat(result.at("/failed/0/cause").asText())
          .isEqualTo("invalid_arguments: text: /texts/0 must be of type string");
    }
  }

  @Nested
  class The_orchestrator {

    @Test
    void plans_works_in_parallel_and_joins() {
      TestRun run =
          TestRun.start(
              cloud.as("planner"),
              "orchestrate",
              "{\"prompt\":\"Plan a party, book a room and invite Ana\"}");
      JsonNode view = run.completed();
      assertThat(view.path("result").toString()).contains("answer");
      assertThat(view.at("/cost/output_tokens").asInt()).isPositive();
      assertThat(view.path("steps").valueStream().map(step -> step.path("status").asText()))
          .allMatch("completed"::equals);
    }

    @Test
    void answers_in_its_shortest_form_without_a_token() {
      TestPerson nobody = cloud.withToken("");
      JsonNode begun = nobody.post("/", "{\"prompt\":\"Plan a picnic\"}").is(200, "orchestrated");
      String id = begun.path("id").asText();
      JsonNode _ = new TestRun(cloud.as("me"), id).completed();
      JsonNode status = nobody.get("/" + id).is(200, "orchestration");
      assertThat(status.at("/status/status").asText()).isEqualTo("completed");
      assertThat(status.at("/status/output").isMissingNode()).isFalse();
      assertThat(nobody.get("/run_00000000-0000-7000-8000-000000000000").status()).isEqualTo(404);
    }
  }

  @Nested
  class A_page_that_shows_a_run {

    @Test
    void has_after_all_frames_what_the_run_is() {
      TestPerson person = cloud.as("watcher");
      TestRun run = TestRun.start(person, "approval", QUESTION);
      TestSocket socket = person.socket(0);
      socket.send("{\"action\":\"subscribe\",\"run_id\":\"%s\",\"after\":0}".formatted(run.id()));
      String input = run.question();
      socket.send(
          "{\"action\":\"input\",\"run_id\":\"%s\",\"input_id\":\"%s\",\"value\":%s}"
              .formatted(run.id(), input, YES));
      JsonNode view = run.completed();
      long seq = view.path("seq").asLong();
      JsonNode _ =
          socket.first(
              frame -> TestPerson.type(frame).equals("run") && frame.path("seq").asLong() >= seq);
      JsonNode shown = MissingNode.getInstance();
      long at = 0;
      for (JsonNode frame : socket.frames("run")) {
        assertThat(frame.path("from").asLong()).isLessThanOrEqualTo(at);
        shown = TestSocket.merged(shown, frame.path("patch"));
        at = frame.path("seq").asLong();
      }
      assertThat(shown.path("status").asText()).isEqualTo("completed");
      assertThat(shown.path("steps")).isEqualTo(view.path("steps"));
    }

    @Test
    @Timeout(120)
    void can_follow_the_log_as_server_sent_events_until_it_is_over() throws Exception {
      TestRun run = TestRun.start(cloud.as("listener"), "approval", QUESTION);
      try (TestStream all = TestStream.open(run, "")) {
        assertThat(all.status()).isEqualTo(200);
        assertThat(all.upTo("event: input.required")).contains("id: 1", "event: run.started");
        try (TestStream rest = TestStream.open(run, "1")) {
          assertThat(rest.upTo("id: 2")).doesNotContain("id: 1");
        }
        JsonNode _ = run.answers(run.question(), YES).is(202, "run-write");
        assertThat(all.upTo("the end")).contains("event: run.completed").doesNotContain("id: 1");
      }
      await("nothing behind the last event, once a late report is refused")
          .atMost(Duration.ofSeconds(60))
          .until(() -> {
            String last = run.events().getLast().path("seq").asText();
            try (TestStream over = TestStream.open(run, last)) {
              return over.status() == 204;
            }
          });
    }
  }
}
