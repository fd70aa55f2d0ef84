package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that starts another one and waits for its end, as a person meets both. */
class ChildRunsTest {

  private static TestCloud cloud;

  @BeforeAll
  static void start(@TempDir Path temporary) throws IOException {
    Path folder = temporary.resolve("statemachines");
    write(
        folder.resolve("decide"),
        """
        {
          "QueryLanguage": "JSONata",
          "StartAt": "Ask",
          "States": {
            "Ask": {
              "Type": "Task",
              "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
              "Arguments": {"FunctionName": "${Steps}", "Payload": {"handler": "ask", "into": "answer",
                "with": {"prompt": "Shall we?", "timeout": "P1D", "schema": {"type": "boolean"}}}},
              "Next": "Decide"
            },
            "Decide": {
              "Type": "Choice",
              "Choices": [{"Condition": "{% $states.input.answer %}", "Next": "Yes"}],
              "Default": "No"
            },
            "Yes": {"Type": "Succeed", "Output": {"word": "yes"}},
            "No": {"Type": "Fail", "Error": "Unwanted", "Cause": "somebody said no"}
          }
        }
        """);
    write(
        folder.resolve("delegate"),
        """
        {
          "QueryLanguage": "JSONata",
          "StartAt": "Delegate",
          "States": {
            "Delegate": {
              "Type": "Task",
              "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
              "TimeoutSeconds": 86400,
              "Arguments": {"FunctionName": "${Steps}", "Payload": {"handler": "start", "into": "decision",
                "with": {"workflow": "decide", "input": {}}}},
              "End": true
            }
          }
        }
        """);
    cloud =
        TestCloud.start(temporary.resolve("data"), TestCloud.wide("WORKFLOWS", folder.toString()));
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  private static void write(Path folder, String definition) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("workflow.json"),
        "{\"title\": \"%s\", \"input\": {\"type\": \"object\"}}".formatted(folder.getFileName()));
    Files.writeString(folder.resolve("definition.asl.json"), definition);
  }

  /** The run that a run has started, once it has. */
  private static TestRun childOf(TestRun parent) {
    JsonNode view =
        parent.once("a child of " + parent.id(), run -> !run.path("children").isEmpty());
    return new TestRun(parent.person(), view.path("children").fieldNames().next());
  }

  private static void answer(TestRun run, String value) {
    JsonNode _ = run.answers(run.question(), value).is(202, "run-write");
  }

  /** The only step of a run, once it is over. */
  private static JsonNode stepOf(TestRun run) {
    JsonNode view =
        run.once(
            "the end of its step", each -> each.at("/steps").findValue("completed_at") != null);
    return view.path("steps").elements().next();
  }

  @Test
  void a_result_stands_in_the_state_of_the_run_that_waited_for_it() {
    TestRun parent = TestRun.start(cloud.as("delegator"), "delegate", "{\"hall\":1}");
    TestRun child = childOf(parent);
    answer(child, "true");
    JsonNode step = stepOf(parent);
    assertThat(step.path("status").asText()).isEqualTo("completed");
    assertThat(step.path("patch").toString())
        .isEqualTo("[{\"op\":\"add\",\"path\":\"/decision\",\"value\":{\"word\":\"yes\"}}]");
    assertThat(stepOf(child).path("patch").toString())
        .isEqualTo("[{\"op\":\"add\",\"path\":\"/answer\",\"value\":true}]");
    JsonNode view = parent.completed();
    assertThat(view.at("/result/decision/word").asText()).isEqualTo("yes");
    assertThat(view.path("state")).isEqualTo(view.path("result"));
  }

  @Test
  void a_failure_says_why_at_the_step_that_waited() {
    TestRun parent = TestRun.start(cloud.as("delegator"), "delegate", "{}");
    TestRun child = childOf(parent);
    answer(child, "false");
    JsonNode step = stepOf(parent);
    assertThat(step.path("status").asText()).isEqualTo("failed");
    assertThat(step.path("error").asText()).isEqualTo("Run.NotCompleted");
    assertThat(step.path("cause").asText())
        .isEqualTo("the run " + child.id() + " failed with Unwanted: somebody said no");
    assertThat(parent.over().path("status").asText()).isEqualTo("failed");
  }
}
