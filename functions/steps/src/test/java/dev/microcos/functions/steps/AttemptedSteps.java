package dev.microcos.functions.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.application.Answer.Pace;
import dev.microcos.core.application.Consult;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Fact;
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

/** Steps as Step Functions asks for them: what comes back, and what the logs are told. */
abstract class AttemptedSteps {

  static final Instant ENTERED = Instant.parse("2026-11-21T11:59:58.500Z");
  static final Person ANA = People.person("ana");
  static final RunId RUN = new RunId("run_01234567-89ab-7cde-8f01-23456789abcd");

  final TestClock clock = new TestClock();
  final MemoryInbox inbox = new MemoryInbox();
  final MemoryPeople people = new MemoryPeople();
  final MemoryOperations operations = new MemoryOperations();
  final ScriptedModel model = new ScriptedModel();
  final Pace pace =
      new Pace(Duration.ofMillis(1), Duration.ZERO, Duration.ofSeconds(60), Duration.ofNanos(1));
  final Steps steps =
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

  JsonNode done(ObjectNode event) {
    return steps.handle(Step.of(event));
  }

  /** Everything is sent as JSON: what the wire cannot carry fails here. */
  List<Fact> told() {
    return inbox.take().stream()
        .map(envelope -> EnvelopeJson.fromInbox(EnvelopeJson.toInbox(envelope)).fact())
        .toList();
  }

  List<Object> ids() {
    return inbox.take().stream().<Object>map(Envelope::id).toList();
  }

  static ObjectNode retried(ObjectNode step) {
    ((ObjectNode) step.at("/step/state")).put("RetryCount", 1);
    return step;
  }

  static ObjectNode step(String handler, String with, String state) {
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

  static ObjectNode waiting(ObjectNode step, String token, int seconds) {
    ((ObjectNode) step.path("step")).put("timeout_seconds", seconds);
    return step.put("token", token);
  }
}
