package dev.microcos.core.wire.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microcos.core.wire.tool.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One good workflow, and one thing wrong with it at a time. */
class WorkflowFolderTest {
  private static final String MANIFEST =
      """
      {"title": "Greet", "input": {"type": "object"}}
      """;
  private static final String DEFINITION =
      """
      {
        "QueryLanguage": "JSONata",
        "StartAt": "Greet",
        "States": {
          "Greet": {
            "Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke",
            "Arguments": {
              "FunctionName": "${Steps}",
              "Payload": {"handler": "notify", "with": {"title": "Hello", "text": "{{name}}"}}
            },
            "End": true
          }
        }
      }
      """;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void one_good_workflow() throws Exception {
    write("greet", MANIFEST, DEFINITION);
  }

  @Nested
  class A_broken_folder {
    @Test
    void names_the_line_of_what_is_no_json() throws Exception {
      write("greet", "{\n  \"title\": \"Greet\",,\n}", DEFINITION);
      refuses("greet/workflow.json: line 2");
    }

    @Test
    void names_each_file_state_and_reason() throws Exception {
      write(
          "greet",
          MANIFEST.replace("\"Greet\"", "\"\""),
          DEFINITION.replace("\"End\": true", "\"Next\": \"Gone\""));
      refuses(
          "greet/workflow.json: /title is shorter than 1",
          "greet/definition.asl.json, state \"Greet\": leads to \"Gone\", which is no state here");
    }

    @Test
    void has_a_handler_that_there_is_not() throws Exception {
      write("greet", MANIFEST, DEFINITION.replace("notify", "shout"));
      refuses("state \"Greet\": Payload/handler must be one of");
    }

    @Test
    void gives_a_handler_what_it_does_not_know_or_leaves_out_what_it_needs() throws Exception {
      write("greet", MANIFEST, DEFINITION.replace("\"title\": \"Hello\"", "\"volume\": 11"));
      refuses(
          "state \"Greet\": Payload/with/title is required",
          "state \"Greet\": Payload/with/volume is not known here");
    }

    @Test
    void names_a_prompt_tool_or_workflow_that_there_is_not() throws Exception {
      write("greet", MANIFEST, with("agent", "{\"model\": \"big\", \"prompt\": \"gret\"}"));
      refuses("there is no prompt \"gret\"");
      write("greet", MANIFEST, with("tool", "{\"tool\": \"clok\", \"arguments\": {}}"));
      refuses("there is no tool \"clok\"; did you mean \"clock\"?");
      write("greet", MANIFEST, with("start", "{\"workflow\": \"gret\", \"input\": {}}"));
      refuses("there is no workflow \"gret\"; did you mean \"greet\"?");
    }

    @Test
    void gives_a_tool_what_it_does_not_take() throws Exception {
      write(
          "greet",
          MANIFEST,
          with(
              "tool",
              "{\"tool\": \"text\", \"arguments\": {\"operation\": \"sing\", \"text\": 1}}"));
      refuses("Payload/with/arguments/operation must be one of");
      refuses("Payload/with/arguments/text must be of type string");
    }

    @Test
    void waits_without_an_end() throws Exception {
      write(
          "greet",
          MANIFEST,
          with("ask", "{\"prompt\": \"Well?\", \"schema\": {}}")
              .replace("lambda:invoke", "lambda:invoke.waitForTaskToken"));
      refuses("state \"Greet\": a wait needs an end");
    }

    @Test
    void asks_without_waiting() throws Exception {
      write(
          "greet",
          MANIFEST,
          with("ask", "{\"prompt\": \"Well?\", \"schema\": {}, \"timeout\": \"PT1H\"}"));
      refuses("ask needs the Resource arn:aws:states:::lambda:invoke.waitForTaskToken");
    }

    @Test
    void has_a_schema_that_is_none() throws Exception {
      write(
          "greet",
          "{\"title\": \"Greet\", \"input\": {\"type\": \"object\", \"required\": \"name\"}}",
          DEFINITION);
      refuses("greet/workflow.json: /input/required must be of type array");
    }

    @Test
    void refers_to_a_schema_elsewhere() throws Exception {
      write(
          "greet",
          """
          {"title": "Greet", "input": {"type": "object", "properties":
            {"a": {"$ref": "https://example.org/a.json"}}}}
          """,
          DEFINITION);
      refuses("/input/properties/a/$ref may refer to a part of the same schema only");
    }

    @Test
    void has_an_expression_that_cannot_be_read() throws Exception {
      write("greet", MANIFEST, DEFINITION.replace("{{name}}", "{% $states.input.( %}"));
      refuses("state \"Greet\": /Arguments/Payload/with/text:");
    }

    @Test
    void may_invoke_the_function_of_the_steps_only() throws Exception {
      write("greet", MANIFEST, DEFINITION.replace("${Steps}", "arn:aws:lambda:::function:other"));
      refuses("state \"Greet\": only ${Steps} may be invoked");
    }

    @Test
    void names_a_start_step_or_a_time_that_there_is_not() throws Exception {
      write(
          "greet",
          """
          {"title": "Greet", "input": {"type": "object"}, "start_steps": ["Gret"],
           "triggers": [{"schedule": "cron(0 9 * * * *)", "owner": "me"}]}
          """,
          DEFINITION);
      refuses("start_steps names \"Gret\", which is no state at the top; did you mean \"Greet\"?");
      refuses("/triggers/0/schedule: in cron(…) exactly one of");
    }

    private static String with(String handler, String with) {
      return DEFINITION
          .replace("notify", handler)
          .replace("{\"title\": \"Hello\", \"text\": \"{{name}}\"}", with);
    }

    private void refuses(String... words) {
      assertThatThrownBy(() -> new WorkflowFolder(folder, Tools.ofTheHouse()))
          .isInstanceOf(BrokenWorkflowException.class)
          .satisfies(e -> assertThat(e.getMessage()).contains(words));
    }
  }

  @Nested
  class A_change {
    @Test
    void is_seen_with_the_next_look() throws Exception {
      WorkflowFolder workflows = new WorkflowFolder(folder, Tools.ofTheHouse());
      WorkflowDefinition before = workflows.all().get("greet");
      write("greet", MANIFEST, DEFINITION.replace("Hello", "Good morning"));
      write("wave", MANIFEST, DEFINITION);
      assertThat(workflows.all()).containsOnlyKeys("greet", "wave");
      assertThat(workflows.all().get("greet"))
          .extracting(WorkflowDefinition::hash)
          .isNotEqualTo(Objects.requireNonNull(before).hash());
    }

    @Test
    void that_is_broken_is_told_and_leaves_what_was_good() throws Exception {
      WorkflowFolder workflows = new WorkflowFolder(folder, Tools.ofTheHouse());
      write("greet", MANIFEST, "{");
      assertThat(workflows.all()).containsOnlyKeys("greet");
      assertThat(workflows.broken()).isPresent();
      assertThat(workflows.broken().orElseThrow().getMessage())
          .startsWith("greet/definition.asl.json: line 1");
      write("greet", MANIFEST, DEFINITION);
      assertThat(workflows.broken()).isEmpty();
    }
  }

  @Test
  void near_names_are_those_that_somebody_may_have_meant() {
    assertThat(Near.names("orchestrat", List.of("batch", "orchestrate")))
        .containsExactly("orchestrate");
    assertThat(Near.names("xyz", List.of("batch", "orchestrate"))).isEmpty();
  }

  private void write(String name, String manifest, String definition) throws IOException {
    Path workflow = Files.createDirectories(folder.resolve(name));
    for (Path file :
        new Path[] {
          Files.writeString(workflow.resolve("workflow.json"), manifest),
          Files.writeString(workflow.resolve("definition.asl.json"), definition)
        }) {
      // Two writes within one tick of the file system's clock would look alike.
      Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(++writes)));
    }
  }

  private long writes;
}
