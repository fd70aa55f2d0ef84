package dev.microcos.local.stepfunctions.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.stepfunctions.history.MemoryJournal;
import dev.microcos.local.stepfunctions.json.Json;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokensTest {

  private static final JsonNode ASKS =
      Json.written(
          """
          {"QueryLanguage": "JSONata", "StartAt": "T", "States": {"T": {"Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
            "Arguments": {"FunctionName": "ask", "Payload": {"token": "{% $states.context.Task.Token %}"}},
            "TimeoutSeconds": 3600, "HeartbeatSeconds": 600,
            "Retry": [{"ErrorEquals": ["Again"], "IntervalSeconds": 1}], "End": true}}}
          """);

  private final Script script = new Script(Json.object());
  private final MemoryJournal journal = new MemoryJournal();
  private Bench bench = new Bench(journal, script);
  private final String execution = bench.start(bench.machine("asks", ASKS), "one", Json.object());

  @AfterEach
  void stop() {
    bench.close();
  }

  private String token() {
    bench.settle();
    return script.calls().getLast().arguments().findPath("token").asText();
  }

  private String success(String token, String output) {
    return refusal("SendTaskSuccess", Json.object().put("taskToken", token).put("output", output));
  }

  private String refusal(String operation, ObjectNode request) {
    return bench.call(operation, request).body().path("__type").asText();
  }

  @Test
  void the_second_answer_is_told_that_the_task_is_over() {
    String token = token();
    assertThat(success(token, "1")).isEmpty();
    assertThat(success(token, "2")).isEqualTo("TaskTimedOut");
    assertThat(bench.toTheEnd(execution, script).path("output").asText()).isEqualTo("1");
  }

  @Test
  void an_answer_that_comes_too_late_changes_nothing() {
    String token = token();
    bench.moveTo(bench.clock.instant().plus(Duration.ofMinutes(10)));
    assertThat(success(token, "1")).isEqualTo("TaskTimedOut");
    assertThat(bench.toTheEnd(execution, script).path("error").asText())
        .isEqualTo("States.Timeout");
  }

  @Test
  void a_heartbeat_keeps_the_task_until_its_timeout() {
    String token = token();
    for (int i = 0; i < 5; i++) {
      bench.moveTo(bench.clock.instant().plus(Duration.ofMinutes(9)));
      assertThat(refusal("SendTaskHeartbeat", Json.object().put("taskToken", token))).isEmpty();
    }
    assertThat(success(token, "\"yes\"")).isEmpty();
    assertThat(bench.toTheEnd(execution, script).path("output").asText()).isEqualTo("\"yes\"");
  }

  @Test
  void a_retry_makes_a_new_token_and_the_old_one_is_over() {
    String old = token();
    assertThat(
            refusal("SendTaskFailure", Json.object().put("taskToken", old).put("error", "Again")))
        .isEmpty();
    bench.settle();
    bench.moveTo(bench.clock.instant().plusSeconds(1));
    await().atMost(Duration.ofSeconds(60)).until(() -> script.calls().size() == 2);
    String renewed = token();
    assertThat(renewed).isNotEqualTo(old);
    assertThat(success(old, "1")).isEqualTo("TaskTimedOut");
    assertThat(success(renewed, "2")).isEmpty();
    assertThat(bench.toTheEnd(execution, script).path("output").asText()).isEqualTo("2");
  }

  @Test
  void a_token_answers_after_a_restart_and_days() {
    String token = token();
    bench.close();
    bench = new Bench(journal, script);
    bench.settle();
    assertThat(script.calls()).hasSize(1);
    assertThat(success(token, "{\"a\":1}")).isEmpty();
    assertThat(bench.toTheEnd(execution, script).path("output").asText()).isEqualTo("{\"a\":1}");
  }

  @Test
  void what_is_no_token_of_a_task_is_refused() {
    String token = token();
    assertThat(success("guess", "1")).isEqualTo("InvalidToken");
    assertThat(success(new Token(execution, 0, 3, "0".repeat(32)).text(), "1"))
        .isEqualTo("TaskTimedOut");
    assertThat(success(new Token(execution + "x", 0, 3, "0".repeat(32)).text(), "1"))
        .isEqualTo("TaskDoesNotExist");
    assertThat(success(token, "{")).isEqualTo("InvalidOutput");
    assertThat(success(token, "1")).isEmpty();
  }

  @Test
  void a_stopped_execution_takes_no_answer() {
    String token = token();
    ObjectNode _ =
        bench.ok("StopExecution", Json.object().put("executionArn", execution).put("cause", "so"));
    assertThat(success(token, "1")).isEqualTo("TaskTimedOut");
    assertThat(Case.lines(bench.history(execution)).getLast()).isEqualTo("6<0 ExecutionAborted");
  }
}
