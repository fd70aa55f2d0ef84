package dev.microcos.functions.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.application.Answer.Pace;
import dev.microcos.core.application.Consult;
import dev.microcos.core.application.port.OperationRow;
import dev.microcos.core.application.port.Prompt;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.RunFact.InputReceived;
import dev.microcos.core.domain.log.RunFact.InputRequired;
import dev.microcos.core.domain.log.RunFact.RunStarted;
import dev.microcos.core.domain.log.RunFact.StepCompleted;
import dev.microcos.core.domain.log.RunFact.StepFailed;
import dev.microcos.core.domain.log.RunFact.StepStarted;
import dev.microcos.core.domain.log.RunFact.WaitRegistered;
import dev.microcos.core.domain.log.UserFact.MemoryUpdated;
import dev.microcos.core.domain.log.UserFact.NotificationSent;
import dev.microcos.core.domain.log.UserFact.SignalSent;
import dev.microcos.core.domain.log.UserFact.TaskCreated;
import dev.microcos.core.domain.user.TaskSource;
import dev.microcos.core.testkit.MemoryInbox;
import dev.microcos.core.testkit.MemoryOperations;
import dev.microcos.core.testkit.MemoryPeople;
import dev.microcos.core.testkit.People;
import dev.microcos.core.testkit.ScriptedModel;
import dev.microcos.core.testkit.TestClock;
import dev.microcos.core.wire.EnvelopeJson;
import dev.microcos.core.wire.Json;
import dev.microcos.core.wire.Schemas;
import dev.microcos.core.wire.tool.Tools;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Given a step as Step Functions asks for it: what comes back, and what the logs are told. */
class StepsTest {
  private static final Instant ENTERED = Instant.parse("2026-11-21T11:59:58.500Z");
  private static final Person ANA = People.person("ana");
  private static final RunId RUN = new RunId("run_01234567-89ab-7cde-8f01-23456789abcd");
  private static final String SCHEMA =
      "{'type': 'object', 'properties': {'ok': {'type': 'boolean'}}, 'required': ['ok']}";
  private static final String QUESTION =
      "{'prompt': 'Well?', 'schema': {'type': 'boolean'}, 'default': false}";

  private final TestClock clock = new TestClock();
  private final MemoryInbox inbox = new MemoryInbox();
  private final MemoryPeople people = new MemoryPeople();
  private final MemoryOperations operations = new MemoryOperations();
  private final ScriptedModel model = new ScriptedModel();
  private final Pace pace =
      new Pace(Duration.ofMillis(1), Duration.ZERO, Duration.ofSeconds(60), Duration.ofNanos(1));
  private final Steps steps =
      new Steps(
          Map.of(
              "tool", new ToolHandler(Tools.ofTheHouse(), clock),
              "agent",
                  new AgentHandler(
                      new Consult(model, operations, clock, pace),
                      Map.of("big", "big-model", "small", "small-model")),
              "ask", new AskHandler(inbox, clock),
              "await", new AwaitHandler(inbox, clock),
              "signal", TellHandler.signal(inbox, clock),
              "notify", TellHandler.notifying(inbox, clock),
              "publish", TellHandler.publish(inbox, clock, new Schemas()),
              "memory", new MemoryHandler(inbox, clock, (_, _) -> IntNode.valueOf(7)),
              "start", new StartHandler(new NewRuns(Shipped::workflows), inbox, clock)),
          people,
          inbox,
          clock);

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
          .contains("/ok has the wrong type");
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
          .hasMessageContaining("near: [orchestrate]");
      assertThatThrownBy(
              () -> done(step("start", "{'workflow': 'orchestrate', 'input': {}}", "{}")))
          .isInstanceOf(Permanent.class)
          .hasMessage("invalid_input: orchestrate: /input/prompt is required");
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

  private JsonNode done(ObjectNode event) {
    return steps.handle(Step.of(event));
  }

  /** Everything is sent as JSON: what the wire cannot carry fails here. */
  private List<Fact> told() {
    return inbox.take().stream()
        .map(envelope -> EnvelopeJson.fromInbox(EnvelopeJson.toInbox(envelope)).fact())
        .toList();
  }

  private List<Object> ids() {
    return inbox.take().stream().<Object>map(Envelope::id).toList();
  }

  private static ObjectNode retried(ObjectNode step) {
    ((ObjectNode) step.at("/step/state")).put("RetryCount", 1);
    return step;
  }

  private static ObjectNode step(String handler, String with, String state) {
    ObjectNode event =
        (ObjectNode)
            Json.tree(
                """
                {"handler": "%s", "title": "Do it now", "into": "result",
                 "run": {"run_id": "%s", "user_id": "%s", "generation": 1, "workflow": "test",
                         "request_id": "req_01234567-89ab-7cde-8f01-23456789abcd", "hops": 1},
                 "step": {"execution": "arn:aws:states:us-east-1:000000000000:execution:m:e",
                          "state": {"Name": "Do it", "EnteredTime": "%s", "RetryCount": 0}}}
                """
                    .formatted(handler, RUN, ANA.user(), ENTERED));
    event.set("with", Json.tree(with.replace('\'', '"')));
    event.set("state", Json.tree(state.replace('\'', '"')));
    return event;
  }

  private static ObjectNode waiting(ObjectNode step, String token, int seconds) {
    ((ObjectNode) step.path("step")).put("timeout_seconds", seconds);
    return step.put("token", token);
  }
}
