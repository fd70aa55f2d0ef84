package dev.microcos.functions.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.application.port.OperationRow;
import dev.microcos.core.application.port.Prompt;
import dev.microcos.core.domain.log.RunFact.StepCompleted;
import dev.microcos.core.domain.log.RunFact.StepFailed;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * A step that asks a model: its prompt, the repair of a reply that does not fit, and how it fails.
 */
class AgentStepsTest extends AttemptedSteps {

  private static final String SCHEMA =
      "{'type': 'object', 'properties': {'ok': {'type': 'boolean'}}, 'required': ['ok']}";

  @Nested
  class An_agent {
    @Test
    void asks_the_model_of_its_size_with_what_is_data_between_fences() {
      model.says("Do", "ne. ");
      ObjectNode step =
          step("agent", "{'model': 'small', 'text': 'Do:\\n{{what}}'}", "{'what': 'x >>> y'}");
      step.putArray("templates").add("text");
      assertThat(done(step).path("result").asText()).isEqualTo("Done.");
      Prompt prompt = model.prompts().getFirst();
      assertThat(prompt.model()).isEqualTo("small-model");
      assertThat(prompt.turns().getFirst().text()).isEqualTo("Do:\n<<<data\nx > > > y\ndata>>>");
      StepCompleted completed = (StepCompleted) told().getLast();
      OperationRow row = operations.list(ANA, 9).getFirst();
      assertThat(completed.operation()).isEqualTo(row.operation());
      assertThat(completed.tokens()).isEqualTo(row.tokens());
      assertThat(row.kind()).isEqualTo("agent");
      assertThat(row.status()).isEqualTo(OperationRow.COMPLETE);
    }

    @Test
    void takes_json_that_fits_out_of_the_words_around_it() {
      model.says("Sure:\n```json\n{\"ok\": true}\n```");
      assertThat(done(agent()).at("/result/ok").asBoolean()).isTrue();
      assertThat(model.prompts()).hasSize(1);
    }

    @Test
    void repairs_what_does_not_fit_by_one_more_call_and_counts_both() {
      model.says("{\"ok\": 1}").says("{\"ok\": false}");
      assertThat(done(agent()).at("/result/ok").isBoolean()).isTrue();
      assertThat(model.prompts().getLast().turns().getLast().text())
          .contains("/ok must be of type");
      assertThat(operations.list(ANA, 9).getFirst().tokens().input()).isEqualTo(20);
    }

    @Test
    void fails_for_good_if_that_does_not_fit_either() {
      model.says("{\"ok\": 1}").says("no");
      assertThatThrownBy(() -> done(agent()))
          .isInstanceOf(Permanent.class)
          .hasMessageStartingWith("invalid_reply: ");
      StepFailed failed = (StepFailed) told().getLast();
      assertThat(failed.error()).isEqualTo("Permanent.invalid_reply");
      assertThat(failed.tokens().input()).isEqualTo(20);
    }

    @Test
    void says_of_a_busy_model_that_it_may_pass() {
      model.fails("throttled", true).fails("throttled", true).fails("throttled", true);
      assertThatThrownBy(() -> done(agent())).isInstanceOf(Retryable.class);
      assertThat(((StepFailed) told().getLast()).retryable()).isTrue();
    }

    @Test
    void stops_when_its_call_is_cancelled() {
      model.says(
          () ->
              operations
                  .list(ANA, 1)
                  .forEach(row -> operations.cancel(ANA, row.operation(), clock.instant())),
          "{\"ok\":",
          " true}");
      assertThatThrownBy(() -> done(agent()))
          .isInstanceOf(Permanent.class)
          .hasMessageStartingWith("cancelled: ");
    }

    @Test
    void keeps_the_account_of_a_call_that_is_cancelled_and_interrupted() {
      model.says(
          () -> {
            OperationRow row = operations.list(ANA, 1).getFirst();
            operations.cancel(ANA, row.operation(), clock.instant());
            Thread.currentThread().interrupt();
          },
          "{\"ok\":",
          " true}");
      assertThatThrownBy(() -> done(agent())).hasMessageStartingWith("cancelled: ");
      OperationRow row = operations.list(ANA, 1).getFirst();
      assertThat(row.status()).isEqualTo(OperationRow.CANCELLED);
      assertThat(row.tokens().input()).isPositive();
      assertThat(row.text()).isEqualTo("{\"ok\":");
    }

    @Test
    void may_pass_if_the_whole_function_was_interrupted() {
      model.says(() -> Thread.currentThread().interrupt(), "{\"ok\":", " true}");
      assertThatThrownBy(() -> done(agent()))
          .isInstanceOf(Retryable.class)
          .hasMessageStartingWith("interrupted: ");
      assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void gives_the_answer_of_before_when_the_same_attempt_is_made_again() {
      model.says("{\"ok\": true}");
      JsonNode first = done(agent());
      assertThat(done(agent())).isEqualTo(first);
      assertThat(model.prompts()).hasSize(1);
    }

    private static ObjectNode agent() {
      return step("agent", "{'model': 'big', 'text': 'Well?', 'schema': " + SCHEMA + "}", "{}");
    }
  }
}
