package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.local.cloud.template.Blueprint;
import dev.microcos.local.services.scheduler.SchedulerService;
import dev.microcos.local.services.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of workflows that is worked on while the cloud runs. */
class WorkflowMachinesTest {

  private static final String ANSWERED = "{\"approved\":true}";

  @TempDir private Path temporary = Path.of("");
  private Path folder = Path.of("");

  @BeforeEach
  void one_workflow() throws Exception {
    folder = temporary.resolve("statemachines");
    write("greet", "hello");
  }

  /** Asks, and ends with a word. */
  private void write(String name, String word) throws IOException {
    write(
        name,
        "workflow.json",
        """
        {"title": "Greet", "input": {"type": "object"}}
        """);
    write(
        name,
        "definition.asl.json",
        """
        {
          "QueryLanguage": "JSONata",
          "StartAt": "Ask",
          "States": {
            "Ask": {
              "Type": "Task",
              "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
              "Arguments": {"FunctionName": "${Steps}", "Payload": {"handler": "ask", "into": "answer",
                "with": {"prompt": "Now?", "timeout": "P1D",
                  "schema": {"type": "object", "properties": {"approved": {"type": "boolean"}}}}}},
              "Next": "Greeted"
            },
            "Greeted": {"Type": "Succeed", "Output": {"word": "%s"}}
          }
        }
        """
            .formatted(word));
  }

  private void write(String name, String file, String text) throws IOException {
    Files.createDirectories(folder.resolve(name));
    Files.writeString(folder.resolve(name).resolve(file), text);
  }

  private void break_it() throws IOException {
    Path definition = folder.resolve("greet").resolve("definition.asl.json");
    Files.writeString(
        definition,
        Files.readString(definition).replace("\"Next\": \"Greeted\"", "\"Next\": \"X\""));
  }

  /** Through its routes. */
  @Nested
  class A_running_cloud {

    private TestCloud start() {
      return TestCloud.start(
          temporary.resolve("data"), TestCloud.wide("WORKFLOWS", folder.toString()));
    }

    private static String word(TestRun run) {
      JsonNode _ = run.answers(run.question(), ANSWERED).is(202, "run-write");
      return run.completed().at("/result/word").asText();
    }

    @Test
    void starts_a_new_workflow_as_soon_as_it_is_there() throws Exception {
      try (TestCloud cloud = start()) {
        TestPerson person = cloud.as("author");
        assertThat(person.post("/v1/runs", "{\"workflow\":\"part\",\"input\":{}}").status())
            .isEqualTo(404);
        write("part", "goodbye");
        assertThat(word(TestRun.start(person, "part", "{}"))).isEqualTo("goodbye");
      }
    }

    @Test
    void ends_a_run_on_the_definition_that_it_began_on() throws Exception {
      try (TestCloud cloud = start()) {
        TestPerson person = cloud.as("author");
        TestRun open = TestRun.start(person, "greet", "{}");
        String _ = open.question();
        write("greet", "good evening");
        TestRun next = TestRun.start(person, "greet", "{}");
        assertThat(word(next)).isEqualTo("good evening");
        assertThat(word(open)).isEqualTo("hello");
        assertThat(next.view().path("definition_hash"))
            .isNotEqualTo(open.view().path("definition_hash"));
      }
    }

    @Test
    void keeps_the_last_good_one_of_a_broken_edit() throws Exception {
      try (TestCloud cloud = start()) {
        TestPerson person = cloud.as("author");
        TestRun open = TestRun.start(person, "greet", "{}");
        String _ = open.question();
        break_it();
        assertThat(word(TestRun.start(person, "greet", "{}"))).isEqualTo("hello");
        assertThat(word(open)).isEqualTo("hello");
        write("greet", "mended");
        assertThat(word(TestRun.start(person, "greet", "{}"))).isEqualTo("mended");
      }
    }

    @Test
    void starts_runs_at_the_times_that_a_workflow_brings_along_while_it_does() throws Exception {
      try (TestCloud cloud = start()) {
        String daily =
            """
            {"title": "Greet", "input": {"type": "object"}, "triggers": [
              {"schedule": "rate(1 day)", "owner": "author", "input": {"by": "time"}}]}
            """;
        write("greet", "workflow.json", daily);
        TestPerson person = cloud.as("author");
        String _ = TestRun.start(person, "greet", "{}").question();
        cloud.advance("PT25H");
        person = cloud.as("author");
        JsonNode run = runs(person, 2).path(0);
        JsonNode view = new TestRun(person, run.path("run_id").asText()).view();
        assertThat(view.path("trigger").toString())
            .isEqualTo("{\"kind\":\"schedule\",\"name\":\"greet-1\"}");
        assertThat(view.at("/input/by").asText()).isEqualTo("time");

        write("greet", "workflow.json", daily.replace("rate(1 day)", "rate(30 days)"));
        String _ = TestRun.start(person, "greet", "{}").question();
        cloud.advance("PT25H");
        String _ = TestRun.start(cloud.as("author"), "greet", "{}").question();
        assertThat(runs(cloud.as("author"), 4)).hasSize(4);
      }
    }

    private static JsonNode runs(TestPerson person, int wanted) {
      return Awaitility.await()
          .until(
              () -> person.get("/v1/runs").is(200, "runs").path("runs"),
              runs -> runs.size() >= wanted);
    }

    @Test
    void does_not_start_with_a_broken_folder() throws Exception {
      break_it();
      assertThatThrownBy(this::start)
          .isInstanceOf(CloudException.class)
          .hasMessageContaining("greet/definition.asl.json, state \"Ask\": leads to \"X\"");
    }
  }

  /** What an author reads. */
  @Nested
  class The_terminal {

    private final List<String> told = new ArrayList<>();

    @Test
    void names_file_state_and_reason_of_a_broken_edit_once() throws Exception {
      Blueprint blueprint =
          Blueprints.of(
              "development",
              Map.of("Issuer", "https://issuer", "Audience", "microcos"),
              Blueprints.PLACE);
      try (Store store = Store.open(temporary.resolve("data"));
          Functions functions = new Functions();
          StateMachines machines = StateMachines.open(store, InstantSource.system(), functions);
          SchedulerService scheduler =
              new SchedulerService(
                  temporary.resolve("schedules.json"),
                  InstantSource.system(),
                  (expression, zone, start, after) -> Optional.empty(),
                  functions::invoke)) {
        WorkflowMachines workflows =
            new WorkflowMachines(
                WorkflowMachines.read(folder), machines, scheduler, blueprint, told::add);
        workflows.refresh();
        assertThat(told).isEmpty();

        break_it();
        workflows.refresh();
        workflows.refresh();
        assertThat(told).hasSize(1);
        assertThat(told.getFirst())
            .contains("greet/definition.asl.json, state \"Ask\": leads to \"X\", which is no state")
            .endsWith("the last good one stays");

        write("greet", "mended");
        workflows.refresh();
        assertThat(told).hasSize(1);
        break_it();
        workflows.refresh();
        assertThat(told).hasSize(2);
      }
    }
  }
}
