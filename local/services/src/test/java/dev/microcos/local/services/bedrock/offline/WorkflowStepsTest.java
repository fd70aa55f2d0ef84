package dev.microcos.local.services.bedrock.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.local.services.bedrock.model.Prompt;
import dev.microcos.local.services.bedrock.model.Prompt.Block;
import dev.microcos.local.services.bedrock.model.Prompt.Choice;
import dev.microcos.local.services.bedrock.model.Prompt.Limits;
import dev.microcos.local.services.bedrock.model.Prompt.Role;
import dev.microcos.local.services.bedrock.model.Prompt.Turn;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class WorkflowStepsTest {
  private static final String STEP = "You do one step of a workflow for Micro CoS.";

  @Test
  void a_plan_has_a_subtask_for_each_clause_of_the_request() {
    assertThat(
            answer(
                STEP,
                "Split this request into subtasks.\n<<<data\nbook a room and write the"
                    + " invitation\ndata>>>"))
        .contains(
            "{\"subtasks\":[{\"id\":\"1\",\"title\":\"Book a room\",\"instruction\":\"book a"
                + " room\"},{\"id\":\"2\",\"title\":\"Write the"
                + " invitation\",\"instruction\":\"write the invitation\"}]}");
  }

  @Test
  void a_subtask_is_done_by_the_other_rules_or_left_with_a_word() {
    String asked = "Do this subtask.\n<<<data\n2 + 3\ndata>>>";
    assertThat(WorkflowSteps.answer(prompt(STEP, asked), said -> Optional.of(said + " = 5")))
        .contains("2 + 3 = 5");
    assertThat(answer(STEP, asked).orElseThrow()).contains("2 + 3", "offline model");
  }

  @Test
  void a_synthesis_joins_all_results_under_their_titles() {
    assertThat(
            answer(
                    STEP,
                    "Join these results.\n<<<data\nGo\ndata>>>\n<<<data\nOne\ndata>>>\n<<<data\n1"
                        + "\ndata>>>\n<<<data\nTwo\ndata>>>\n<<<data\n2\ndata>>>")
                .orElseThrow())
        .contains("**Go**", "### One\n\n1", "### Two\n\n2", "offline model");
  }

  @Test
  void items_come_back_each_in_its_place() {
    assertThat(
            answer(
                STEP,
                "Do the following with each of the items.\n<<<data\nUPPER case\ndata>>>\n<<<data\n"
                    + "[\"a\",\"b\"]\ndata>>>"))
        .contains("[\"A\",\"B\"]");
  }

  @Test
  void another_schema_gets_the_plainest_value_that_fits() {
    assertThat(
            answer(
                STEP
                    + " Answer with JSON alone, which fits this JSON Schema:\n{\"type\":\"object\","
                    + "\"properties\":{\"ok\":{\"type\":\"boolean\"},\"kind\":{\"enum\":[\"a\"]}},"
                    + "\"required\":[\"ok\",\"kind\"]}",
                "Well?"))
        .contains("{\"ok\":false,\"kind\":\"a\"}");
  }

  @Test
  void what_is_no_step_is_left_to_the_other_rules() {
    assertThat(answer("You are Micro CoS", "Split this request")).isEmpty();
  }

  private static Optional<String> answer(String system, String said) {
    return WorkflowSteps.answer(prompt(system, said), other -> Optional.empty());
  }

  private static Prompt prompt(String system, String said) {
    return new Prompt(
        "test",
        List.of(system),
        List.of(new Turn(Role.USER, List.of(new Block.Text(said)))),
        new Limits(OptionalInt.empty(), null, null, List.of()),
        List.of(),
        new Choice.Auto());
  }
}
