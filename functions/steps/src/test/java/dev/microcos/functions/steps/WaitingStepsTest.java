package dev.microcos.functions.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.RunFact.InputReceived;
import dev.microcos.core.domain.log.RunFact.InputRequired;
import dev.microcos.core.domain.log.RunFact.RunStarted;
import dev.microcos.core.domain.log.RunFact.WaitRegistered;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Steps that are waited for: a question, a signal, and a run that another one starts. */
class WaitingStepsTest extends AttemptedSteps {

  private static final String QUESTION =
      "{'prompt': 'Well?', 'schema': {'type': 'boolean'}, 'default': false}";

  @Nested
  class A_question {
    @Test
    void is_asked_and_waited_for() {
      assertThat(done(waiting(step("ask", QUESTION, "{}"), "token-1", 3600))).isEmpty();
      InputRequired asked = (InputRequired) told().getLast();
      assertThat(asked.prompt()).isEqualTo("Well?");
      assertThat(asked.deadline()).isEqualTo(ENTERED.plusSeconds(3600));
      assertThat(asked.otherwise()).isEqualTo(new Document("false"));
      assertThat(asked.token()).isEqualTo("token-1");
      assertThat(asked.attempt()).isEqualTo(1);
    }

    @Test
    void whose_time_is_up_is_asked_again_under_the_same_id_and_answered_by_the_deadline() {
      done(waiting(step("ask", QUESTION, "{}"), "token-1", 3600));
      InputRequired asked = (InputRequired) told().getLast();
      ObjectNode again = waiting(retried(step("ask", QUESTION, "{}")), "token-2", 3600);
      ((ObjectNode) again.path("step")).put("asked_again", 1);
      done(again.put("expired", true));
      List<Fact> told = told();
      assertThat(told).hasSize(2);
      InputRequired anew = (InputRequired) told.getFirst();
      assertThat(anew.inputId()).isEqualTo(asked.inputId());
      assertThat(anew.token()).isEqualTo("token-2");
      assertThat(anew.attempt()).isEqualTo(3);
      assertThat(told.getLast())
          .isEqualTo(
              new InputReceived(
                  asked.inputId(), new Document("false"), InputReceived.DEADLINE, null));
    }

    @Test
    void needs_to_be_waited_for() {
      assertThatThrownBy(() -> done(step("ask", QUESTION, "{}"))).isInstanceOf(Permanent.class);
    }
  }

  @Test
  void a_wait_is_registered_with_what_it_matches() {
    String with = "{'signal': 'email_verified', 'match': {'email': 'a@b.c'}}";
    done(waiting(step("await", with, "{}"), "token-1", 60));
    WaitRegistered wait = (WaitRegistered) told().getLast();
    assertThat(wait.attempt()).isEqualTo(1);
    assertThat(wait.signal()).isEqualTo("email_verified");
    assertThat(wait.match()).isEqualTo(new Document("{\"email\":\"a@b.c\"}"));
    assertThat(wait.deadline()).isEqualTo(ENTERED.plusSeconds(60));
  }

  @Nested
  class A_started_run {
    @Test
    void is_a_child_that_its_parent_can_wait_for() {
      String with = "{'workflow': 'orchestrate', 'input': {'prompt': 'Go'}}";
      assertThat(done(waiting(step("start", with, "{}"), "token-1", 60))).isEmpty();
      Envelope child = inbox.take().get(1);
      assertThat(child.run()).isNotEqualTo(RUN);
      RunStarted started = (RunStarted) child.fact();
      assertThat(started.workflow()).isEqualTo("orchestrate");
      assertThat(started.parentToken()).isEqualTo("token-1");
      assertThat(Objects.requireNonNull(started.parent()).runId()).isEqualTo(RUN);
    }

    @Test
    void is_told_each_new_token_that_it_is_waited_for_with() {
      String with = "{'workflow': 'orchestrate', 'input': {'prompt': 'Go'}}";
      done(waiting(step("start", with, "{}"), "token-1", 60));
      done(waiting(retried(step("start", with, "{}")), "token-2", 60));
      List<Envelope> told = inbox.take();
      assertThat(told.get(3).run()).isEqualTo(told.get(1).run());
      assertThat(told.get(3).id()).isNotEqualTo(told.get(1).id());
      RunStarted again = (RunStarted) told.get(3).fact();
      assertThat(again.parentToken()).isEqualTo("token-2");
      assertThat(Objects.requireNonNull(again.parent()).attempt()).isEqualTo(2);
    }

    @Test
    void needs_a_workflow_that_there_is_and_an_input_that_fits() {
      assertThatThrownBy(() -> done(step("start", "{'workflow': 'orchestrat', 'input': {}}", "{}")))
          .isInstanceOf(Permanent.class)
          .hasMessage("unknown_workflow: there is no workflow orchestrat; there is orchestrate");
      assertThatThrownBy(() -> done(step("start", "{'workflow': 'xyz', 'input': {}}", "{}")))
          .isInstanceOf(Permanent.class)
          .hasMessage(
              "unknown_workflow: there is no workflow xyz; there is "
                  + "approval, batch, onboarding, orchestrate");
      assertThatThrownBy(
              () -> done(step("start", "{'workflow': 'orchestrate', 'input': {}}", "{}")))
          .isInstanceOf(Permanent.class)
          .hasMessage("invalid_input: orchestrate: /input/prompt is required");
    }
  }
}
