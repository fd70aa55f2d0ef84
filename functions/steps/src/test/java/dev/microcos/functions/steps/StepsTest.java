package dev.microcos.functions.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.RunFact.StepCompleted;
import dev.microcos.core.domain.log.RunFact.StepFailed;
import dev.microcos.core.domain.log.RunFact.StepStarted;
import dev.microcos.core.domain.log.UserFact.MemoryUpdated;
import dev.microcos.core.domain.log.UserFact.NotificationSent;
import dev.microcos.core.domain.log.UserFact.SignalSent;
import dev.microcos.core.domain.log.UserFact.TaskCreated;
import dev.microcos.core.domain.user.TaskSource;
import dev.microcos.core.wire.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Steps that are done at once: with a tool, and by telling the person something. */
class StepsTest extends AttemptedSteps {

  @Nested
  class A_tool {
    @Test
    void gives_the_state_with_its_result_and_reports_the_difference() {
      String with = "{'tool': 'text', 'arguments': {'operation': 'upper', 'text': 'hello'}}";
      JsonNode after = done(step("tool", with, "{'name': 'Ada'}"));
      assertThat(Json.text(after)).isEqualTo("{\"name\":\"Ada\",\"result\":\"HELLO\"}");
      List<Fact> told = told();
      assertThat(told).hasSize(2);
      StepStarted started = (StepStarted) told.getFirst();
      assertThat(started.name()).isEqualTo("Do it");
      assertThat(started.attempt()).isEqualTo(1);
      assertThat(started.input()).isEqualTo(new Document("{\"name\":\"Ada\"}"));
      StepCompleted completed = (StepCompleted) told.getLast();
      assertThat(completed.patch().json())
          .isEqualTo("[{\"op\":\"add\",\"path\":\"/result\",\"value\":\"HELLO\"}]");
      assertThat(completed.stateHash())
          .isEqualTo(new Document("{\"name\":\"Ada\",\"result\":\"HELLO\"}").hash());
    }

    @Test
    void reports_the_same_events_when_the_same_attempt_is_made_again() {
      ObjectNode step = step("tool", "{'tool': 'clock', 'arguments': {}}", "{}");
      done(step);
      List<Object> first = ids();
      clock.advance(Duration.ofSeconds(5));
      done(step);
      assertThat(ids()).isEqualTo(first);
    }

    @Test
    void reports_a_retry_as_another_attempt_at_the_same_step() {
      ObjectNode step = step("tool", "{'tool': 'clock', 'arguments': {}}", "{}");
      done(step);
      StepStarted first = (StepStarted) told().getFirst();
      done(retried(step));
      StepStarted second = (StepStarted) told().getFirst();
      assertThat(second.stepId()).isEqualTo(first.stepId());
      assertThat(second.attempt()).isEqualTo(2);
    }

    @Test
    void that_is_not_there_never_passes() {
      assertThatThrownBy(() -> done(step("tool", "{'tool': 'abacus', 'arguments': {}}", "{}")))
          .isInstanceOf(Permanent.class)
          .hasMessageStartingWith("unknown_tool: there is no tool abacus");
      StepFailed failed = (StepFailed) told().getLast();
      assertThat(failed.error()).isEqualTo("Permanent.unknown_tool");
      assertThat(failed.retryable()).isFalse();
    }
  }

  @Nested
  class A_failure {
    @Test
    void shows_workflows_nothing_of_how_we_are_built() {
      assertThatThrownBy(() -> done(step("tool", "{'tool': 'abacus', 'arguments': {}}", "{}")))
          .hasNoCause()
          .extracting(Throwable::getStackTrace)
          .isEqualTo(new StackTraceElement[0]);
    }

    @Test
    void that_nobody_foresaw_may_pass_and_keeps_its_reason_to_the_functions_log() {
      Handler breaking =
          _ -> {
            throw new IllegalStateException("Ana's secret");
          };
      Steps broken = new Steps(Map.of("tool", breaking), people, inbox, clock);
      ObjectNode step = step("tool", "{'tool': 'clock', 'arguments': {}}", "{}");
      assertThatThrownBy(() -> broken.handle(Step.of(step)))
          .isInstanceOf(Retryable.class)
          .hasMessage("internal: the step failed; see the function's log")
          .hasNoCause();
      assertThat(((StepFailed) told().getLast()).error()).isEqualTo("Retryable.internal");
    }
  }

  @Nested
  class A_template {
    @Test
    void is_filled_in_from_the_state_without_escaping() {
      ObjectNode step =
          step(
              "notify",
              "{'title': 'Hi {{name}}', 'text': '{{plan.first}} & more'}",
              "{'name': 'Ada', 'plan': {'first': '<b>'}}");
      step.putArray("templates").add("title").add("text");
      done(step);
      assertThat(told()).contains(new NotificationSent("Hi Ada", "<b> & more", RUN, List.of()));
    }

    @Test
    void that_names_what_the_state_does_not_have_fails_and_says_so() {
      ObjectNode step = step("notify", "{'title': 'Hi', 'text': '{{plan.first}}'}", "{'plan': {}}");
      step.putArray("templates").add("text");
      assertThatThrownBy(() -> done(step))
          .isInstanceOf(Permanent.class)
          .hasMessageContaining("missing_value: the template names {{")
          .hasMessageContaining("first");
      assertThat(told().getLast()).isInstanceOf(StepFailed.class);
    }
  }

  @Nested
  class What_is_told_to_the_person {
    @Test
    void goes_into_their_log_once_however_often_it_is_attempted() {
      ObjectNode step = step("signal", "{'type': 'ping', 'data': {'n': 1}}", "{}");
      done(step);
      Envelope first = inbox.take().get(1);
      done(retried(step));
      assertThat(inbox.take().get(1).id()).isEqualTo(first.id());
      assertThat(first.subject()).isEqualTo(ANA);
      assertThat(first.fact())
          .isEqualTo(SignalSent.asked(first.id(), "ping", new Document("{\"n\":1}"), null));
    }

    @Test
    void can_be_a_task() {
      String with = "{'type': 'task.created', 'payload': {'title': 'Call', 'priority': 'high'}}";
      done(step("publish", with, "{}"));
      TaskCreated task = (TaskCreated) told().get(1);
      assertThat(task.title()).isEqualTo("Call");
      assertThat(task.source()).isEqualTo(TaskSource.WORKFLOW);
    }

    @Test
    void is_refused_if_it_does_not_fit() {
      String with = "{'type': 'task.created', 'payload': {}}";
      assertThatThrownBy(() -> done(step("publish", with, "{}")))
          .isInstanceOf(Permanent.class)
          .hasMessage("invalid_payload: /title is required");
    }

    @Test
    void can_be_something_to_remember_and_to_read_again() {
      done(step("memory", "{'op': 'append', 'key': 'likes', 'value': 'tea'}", "{}"));
      assertThat(((MemoryUpdated) told().get(1)).value()).isEqualTo(new Document("\"tea\""));
      assertThat(done(step("memory", "{'op': 'read', 'key': 'likes'}", "{}")).path("result"))
          .isEqualTo(IntNode.valueOf(7));
    }
  }

  @Test
  void nothing_is_done_for_somebody_who_was_erased() {
    people.end(ANA);
    ObjectNode step = step("notify", "{'title': 'Hello', 'text': 'again'}", "{}");
    assertThatThrownBy(() -> done(step))
        .isInstanceOf(Permanent.class)
        .hasMessage("erased: the person was erased");
    assertThat(inbox.take()).isEmpty();
  }
}
