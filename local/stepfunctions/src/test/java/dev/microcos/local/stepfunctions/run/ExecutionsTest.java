package dev.microcos.local.stepfunctions.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.stepfunctions.history.MemoryJournal;
import dev.microcos.local.stepfunctions.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ExecutionsTest {

  private static final JsonNode WAITS =
      Json.written(
          """
          {"QueryLanguage": "JSONata", "StartAt": "W", "States": {
            "W": {"Type": "Wait", "Seconds": 86400, "Next": "P"},
            "P": {"Type": "Pass", "Output": "{% $states.context.Execution.Name %}", "End": true}}}
          """);
  private static final JsonNode SHAKY =
      Json.written(
          """
          {"QueryLanguage": "JSONata", "StartAt": "Fine", "States": {
            "Fine": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
              "Arguments": {"FunctionName": "fine"}, "Next": "M"},
            "M": {"Type": "Map", "Items": ["fine", "shaky"], "ItemProcessor": {"StartAt": "T", "States": {
              "T": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
                "Arguments": {"FunctionName": "{% $states.input %}", "Payload": "{% $states.input %}"},
                "Output": "{% $states.result.Payload %}", "End": true}}}, "End": true}}}
          """);

  private final Script script = new Script(Json.written("{\"shaky\": [{\"error\": \"Bad\"}, {}]}"));

  @Test
  void ten_thousand_wait_and_all_come_to_their_end_after_a_restart() {
    int many = 10_000;
    MemoryJournal journal = new MemoryJournal();
    try (Bench bench = new Bench(journal, script)) {
      String machine = bench.machine("waits", WAITS);
      for (int i = 0; i < many; i++) {
        String _ = bench.start(machine, "e" + i, Json.object());
      }
      bench.settle();
    }
    try (Bench bench = new Bench(journal, script)) {
      bench.settle();
      assertThat(bench.engine.executions().all())
          .hasSize(many)
          .allMatch(each -> each.status() == Status.RUNNING);
      bench.moveTo(bench.clock.instant().plus(Duration.ofDays(1)));
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() ->
              bench.engine.executions().all().stream()
                  .allMatch(each -> each.status() == Status.SUCCEEDED));
    }
  }

  @Nested
  class A_name {
    private final Bench bench = new Bench(new MemoryJournal(), script);
    private final String machine = bench.machine("waits", WAITS);

    @AfterEach
    void stop() {
      bench.close();
    }

    private String start(String name, String input) {
      return bench
          .call(
              "StartExecution",
              Json.object().put("stateMachineArn", machine).put("name", name).put("input", input))
          .body()
          .path("__type")
          .asText();
    }

    @Test
    void is_good_again_for_the_same_input_while_it_runs() {
      assertThat(start("a", "{\"x\": 1}")).isEmpty();
      assertThat(start("a", "{\"x\":1}")).isEmpty();
      assertThat(start("a", "{\"x\": 2}")).isEqualTo("ExecutionAlreadyExists");
      assertThat(bench.engine.executions().all()).hasSize(1);
    }

    @Test
    void is_taken_when_its_execution_is_over() {
      String execution = bench.start(machine, "a", Json.object());
      ObjectNode _ = bench.toTheEnd(execution, script);
      assertThat(start("a", "{}")).isEqualTo("ExecutionAlreadyExists");
    }
  }

  @Test
  void what_ended_ninety_days_ago_is_forgotten_and_what_runs_is_not() {
    MemoryJournal journal = new MemoryJournal();
    try (Bench bench = new Bench(journal, script)) {
      String machine = bench.machine("waits", WAITS);
      String over = bench.start(machine, "over", Json.object());
      ObjectNode _ = bench.toTheEnd(over, script);
      bench.clock.moveTo(bench.clock.instant().plus(Duration.ofDays(89)));
      String running = bench.start(machine, "running", Json.object());
      bench.engine.executions().forgetOld();
      assertThat(bench.engine.executions().find(over)).isPresent();
      bench.clock.moveTo(bench.clock.instant().plus(Duration.ofDays(2)));
      bench.engine.executions().forgetOld();
      assertThat(bench.engine.executions().find(over)).isEmpty();
      assertThat(journal.summaries().keySet()).noneMatch(stream -> stream.contains(over));
      assertThat(bench.engine.executions().find(running)).isPresent();
    }
  }

  @Test
  void an_execution_ends_on_the_definition_that_it_began_on() {
    try (Bench bench = new Bench(new MemoryJournal(), script)) {
      String machine = bench.machine("waits", WAITS);
      String execution = bench.start(machine, "old", Json.object());
      ObjectNode _ =
          bench.ok(
              "UpdateStateMachine",
              Json.object()
                  .put("stateMachineArn", machine)
                  .put(
                      "definition",
                      Json.text(WAITS).replace("$states.context.Execution.Name", "'new'")));
      String later = bench.start(machine, "later", Json.object());
      assertThat(bench.toTheEnd(execution, script).path("output").asText()).isEqualTo("\"old\"");
      assertThat(bench.toTheEnd(later, script).path("output").asText()).isEqualTo("\"new\"");
      assertThat(
              bench
                  .ok(
                      "DescribeStateMachineForExecution",
                      Json.object().put("executionArn", execution))
                  .path("definition")
                  .asText())
          .isEqualTo(Json.text(WAITS));
    }
  }

  @Test
  void a_redriven_execution_goes_on_where_it_failed() {
    MemoryJournal journal = new MemoryJournal();
    try (Bench bench = new Bench(journal, script)) {
      String execution = bench.start(bench.machine("shaky", SHAKY), "one", Json.object());
      assertThat(bench.toTheEnd(execution, script).path("redriveStatus").asText())
          .isEqualTo("REDRIVABLE");
      assertThat(script.calls()).hasSize(3);
      ObjectNode _ = bench.ok("RedriveExecution", Json.object().put("executionArn", execution));
      ObjectNode end = bench.toTheEnd(execution, script);
      assertThat(end.path("status").asText()).isEqualTo("SUCCEEDED");
      assertThat(end.path("output").asText()).isEqualTo("[\"fine\",\"shaky\"]");
      assertThat(end.path("redriveCount").asInt()).isEqualTo(1);
      assertThat(script.calls()).hasSize(4);
      assertThat(Case.lines(bench.history(execution)))
          .anyMatch(line -> line.endsWith("ExecutionRedriven"));
    }
  }

  @Test
  void a_child_is_waited_for_and_its_failure_is_the_tasks() {
    String child =
        """
        {"QueryLanguage": "JSONata", "StartAt": "C", "States": {
          "C": {"Type": "Choice", "Choices": [{"Condition": "{% $states.input.ok %}", "Next": "W"}], "Default": "F"},
          "W": {"Type": "Wait", "Seconds": 5, "Output": {"done": true}, "Next": "S"},
          "S": {"Type": "Succeed"}, "F": {"Type": "Fail", "Error": "Sad"}}}
        """;
    try (Bench bench = new Bench(new MemoryJournal(), script)) {
      String machine = bench.machine("child", Json.written(child));
      String parent =
          """
          {"QueryLanguage": "JSONata", "StartAt": "T", "States": {"T": {"Type": "Task",
            "Resource": "arn:aws:states:::states:startExecution.sync:2",
            "Arguments": {"StateMachineArn": "%s", "Input": {"ok": "{%% $states.input %%}"}},
            "Output": "{%% $states.result.Output %%}",
            "Catch": [{"ErrorEquals": ["States.TaskFailed"], "Output": "{%% $parse($states.errorOutput.Cause).Error %%}", "Next": "S"}],
            "End": true}, "S": {"Type": "Succeed"}}}
          """
              .formatted(machine);
      String caller = bench.machine("parent", Json.written(parent));
      String good = bench.start(caller, "good", Json.written("true"));
      String bad = bench.start(caller, "bad", Json.written("false"));
      assertThat(bench.toTheEnd(good, script).path("output").asText()).isEqualTo("{\"done\":true}");
      assertThat(bench.toTheEnd(bad, script).path("output").asText()).isEqualTo("\"Sad\"");
      assertThat(Case.lines(bench.history(good)).subList(2, 6))
          .containsExactly(
              "3<2 TaskScheduled", "4<3 TaskStarted", "5<4 TaskSubmitted", "6<5 TaskSucceeded");
    }
  }

  @Test
  void the_listener_hears_of_each_change_and_again_after_a_crash_of_its_own() {
    MemoryJournal journal = new MemoryJournal();
    Queue<String> heard = new ConcurrentLinkedQueue<>();
    AtomicBoolean deaf = new AtomicBoolean(true);
    StatusListener listener =
        change -> {
          if (deaf.get()) {
            throw new IllegalStateException("nobody is there");
          }
          heard.add(change.status() + " " + change.detail().path("output").asText());
        };
    String execution;
    try (Bench bench = new Bench(journal, script, listener)) {
      execution = bench.start(bench.machine("waits", WAITS), "one", Json.object());
      ObjectNode _ = bench.toTheEnd(execution, script);
    }
    assertThat(heard).isEmpty();
    deaf.set(false);
    try (Bench _ = new Bench(journal, script, listener)) {
      await().atMost(Duration.ofSeconds(60)).until(() -> heard.size() == 2);
    }
    assertThat(heard).containsExactly("RUNNING null", "SUCCEEDED \"one\"");
    try (Bench bench = new Bench(journal, script, listener)) {
      bench.settle();
    }
    assertThat(List.copyOf(heard)).hasSize(2);
  }

  @Test
  void a_history_ends_at_25_000_events() {
    JsonNode loops =
        Json.written(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Choice", "Choices": [{"Condition": "{% false %}", "Next": "C"}],
                "Default": "A"}, "C": {"Type": "Succeed"}}}
            """);
    try (Bench bench = new Bench(new MemoryJournal(), script)) {
      String execution = bench.start(bench.machine("loops", loops), "one", Json.object());
      ObjectNode end = bench.toTheEnd(execution, script);
      assertThat(end.path("cause").asText())
          .isEqualTo("The execution reached the maximum number of history events (25000).");
      assertThat(
              bench
                  .ok(
                      "GetExecutionHistory",
                      Json.object()
                          .put("executionArn", execution)
                          .put("reverseOrder", true)
                          .put("maxResults", 1))
                  .at("/events/0/id")
                  .asInt())
          .isEqualTo(25_000);
    }
  }
}
