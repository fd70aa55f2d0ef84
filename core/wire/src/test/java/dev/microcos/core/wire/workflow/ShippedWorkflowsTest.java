package dev.microcos.core.wire.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.wire.DataSchemas;
import dev.microcos.core.wire.Json;
import dev.microcos.core.wire.tool.Tools;
import dev.microcos.core.wire.workflow.WorkflowDefinition.StateLine;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The workflows that ship, as the build, the API and the local cloud read them. */
class ShippedWorkflowsTest {
  private static final Path FOLDER = Path.of("..", "..", "statemachines");

  @Test
  void all_are_in_order() throws Exception {
    assertThat(read()).containsKeys("approval", "batch", "onboarding", "orchestrate");
  }

  @Test
  void begin_by_choosing_where() throws Exception {
    ObjectNode machine = read("orchestrate").machine();
    assertThat(machine.path("StartAt").asText()).isEqualTo("Begin run");
    assertThat(machine.path("TimeoutSeconds").asLong()).isEqualTo(3600);
    JsonNode choices = machine.at("/States/Begin run/Choices");
    assertThat(choices.findValuesAsText("Next"))
        .containsExactly("Plan", "Plan", "Do the subtasks", "Join the results", "Answered");
    assertThat(choices.get(0).path("Output").asText()).isEqualTo("{% $states.input.state %}");
    assertThat(choices.get(0).at("/Assign/run").asText()).isEqualTo("{% $states.input.run %}");
    assertThat(choices.get(2).path("Condition").asText())
        .isEqualTo("{% $states.input.start_step = 'Do the subtasks' %}");
  }

  @Test
  void tell_each_step_its_run_its_place_and_the_state_before_it() throws Exception {
    ObjectNode machine = read("orchestrate").machine();
    JsonNode plan = machine.at("/States/Plan");
    JsonNode payload = plan.at("/Arguments/Payload");
    assertThat(payload.path("run").asText()).isEqualTo("{% $run %}");
    assertThat(payload.path("state").asText()).isEqualTo("{% $states.input %}");
    assertThat(payload.path("step").has("index")).isFalse();
    assertThat(payload.at("/with/text").asText()).startsWith("Split this request").contains("{{");
    assertThat(payload.path("templates").toString()).isEqualTo("[\"text\"]");
    assertThat(plan.path("Output").asText()).isEqualTo("{% $states.result.Payload %}");
    assertThat(plan.at("/Retry/0/ErrorEquals/0").asText()).endsWith("Retryable");
    assertThat(
            machine
                .at("/States/Do the subtasks/ItemProcessor/States/Do a subtask/Arguments/Payload")
                .at("/step/index")
                .asText())
        .isEqualTo("{% $states.context.Map.Item.Index %}");
  }

  @Test
  void give_a_question_its_token_its_end_and_a_state_for_the_default_answer() throws Exception {
    JsonNode states = read("onboarding").machine().path("States");
    JsonNode ask = states.path("Ask what comes first");
    assertThat(ask.path("TimeoutSeconds").asLong()).isEqualTo(7 * 24 * 3600);
    assertThat(ask.at("/Arguments/Payload/token").asText())
        .isEqualTo("{% $states.context.Task.Token %}");
    assertThat(ask.at("/Arguments/Payload/step/timeout_seconds").asLong()).isEqualTo(7 * 24 * 3600);
    assertThat(ask.path("Output").asText())
        .isEqualTo("{% $merge([$states.input, {'wish': $states.result}]) %}");
    assertThat(ask.at("/Catch/0/Next").asText()).isEqualTo("Ask what comes first (time is up)");
    JsonNode again = states.path("Ask what comes first (time is up)");
    assertThat(again.at("/Arguments/Payload/expired").asBoolean()).isTrue();
    assertThat(again.at("/Arguments/Payload/step/state").asText()).isEqualTo("{% $asked_1 %}");
    assertThat(again.at("/Arguments/Payload/step/asked_again").asText())
        .isEqualTo("{% $states.context.State.RetryCount + 1 %}");
    assertThat(again.has("Catch")).isFalse();
    assertThat(again.path("Next")).isEqualTo(ask.path("Next"));
  }

  @Test
  void take_their_deadline_from_the_input_where_the_author_says_so() throws Exception {
    JsonNode ask = read("approval").machine().at("/States/Ask");
    assertThat(ask.at("/Arguments/Payload/step/timeout_seconds"))
        .isEqualTo(ask.path("TimeoutSeconds"));
    assertThat(ask.path("TimeoutSeconds").asText()).contains("deadline_minutes");
  }

  @Test
  void offer_to_start_only_where_their_input_is_enough() throws Exception {
    for (WorkflowDefinition workflow : read().values()) {
      JsonNode machine = workflow.machine();
      assertThat(workflow.startSteps())
          .as(workflow.name())
          .containsExactly(machine.at("/States/Begin run/Choices/0/Next").asText());
    }
  }

  @Test
  void say_what_they_are() throws Exception {
    WorkflowDefinition orchestrate = read("orchestrate");
    assertThat(orchestrate.title()).isEqualTo("Plan, do in parallel, join");
    assertThat(orchestrate.startSteps()).containsExactly("Plan");
    assertThat(orchestrate.states())
        .contains(
            new StateLine("Plan", "Task", "", "Plan the subtasks"),
            new StateLine("Do a subtask", "Task", "Do the subtasks", null));
    assertThat(orchestrate.canStartAt("Answered")).isTrue();
    assertThat(orchestrate.canStartAt("Do a subtask")).isFalse();
    assertThat(orchestrate.hash()).matches("[0-9a-f]{64}");
    assertThat(orchestrate.machineFor("arn:of:it")).contains("arn:of:it").doesNotContain("${");
  }

  @Test
  void refuse_an_address_that_is_none() throws Exception {
    WorkflowDefinition onboarding = read("onboarding");
    assertThat(onboarding.triggers())
        .singleElement()
        .isInstanceOfSatisfying(
            Trigger.Signal.class,
            signal -> {
              assertThat(signal.type()).isEqualTo("user_registered");
              assertThat(
                      DataSchemas.faults(
                          signal.schema(), Json.object().put("email", "nope").put("name", "Ada")))
                  .singleElement()
                  .hasToString("Fault[pointer=/email, detail=is no email]");
            });
  }

  private static WorkflowDefinition read(String name) throws BrokenWorkflowException {
    return Objects.requireNonNull(read().get(name));
  }

  private static Map<String, WorkflowDefinition> read() throws BrokenWorkflowException {
    return WorkflowReader.read(FOLDER, Tools.ofTheHouse());
  }
}
