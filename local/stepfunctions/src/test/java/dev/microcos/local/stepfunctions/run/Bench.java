package dev.microcos.local.stepfunctions.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.stepfunctions.Engine;
import dev.microcos.local.stepfunctions.EngineOptions;
import dev.microcos.local.stepfunctions.api.Answer;
import dev.microcos.local.stepfunctions.history.Journal;
import dev.microcos.local.stepfunctions.json.Json;
import dev.microcos.local.stepfunctions.task.Integrations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An engine whose clock jumps to what happens next, spoken to through its API. */
final class Bench implements AutoCloseable {

  static final String ROLE = "arn:aws:iam::000000000000:role/states";

  final TestClock clock = new TestClock();
  final Idle executor = new Idle();
  final Engine engine;

  Bench(Journal journal, Integrations integrations) {
    this(journal, integrations, StatusListener.NONE);
  }

  Bench(Journal journal, Integrations integrations, StatusListener listener) {
    this(journal, integrations, listener, Instant.EPOCH);
  }

  Bench(Journal journal, Integrations integrations, StatusListener listener, Instant now) {
    clock.moveTo(now);
    EngineOptions usual = EngineOptions.of(integrations);
    engine =
        Engine.open(
                journal,
                new EngineOptions(
                    usual.account(),
                    usual.region(),
                    integrations,
                    listener,
                    clock,
                    executor,
                    usual.secrets()))
            .start();
  }

  Answer call(String operation, JsonNode request) {
    return engine.api().handle(operation, request);
  }

  ObjectNode ok(String operation, JsonNode request) {
    Answer answer = call(operation, request);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    return answer.body();
  }

  /** Makes a machine and gives its ARN. */
  String machine(String name, JsonNode definition) {
    return ok(
            "CreateStateMachine",
            Json.object()
                .put("name", name)
                .put("definition", Json.text(definition))
                .put("roleArn", ROLE))
        .path("stateMachineArn")
        .asText();
  }

  String start(String machine, String name, JsonNode input) {
    return ok(
            "StartExecution",
            Json.object()
                .put("stateMachineArn", machine)
                .put("name", name)
                .put("input", Json.text(input)))
        .path("executionArn")
        .asText();
  }

  ObjectNode describe(String execution) {
    return ok("DescribeExecution", Json.object().put("executionArn", execution));
  }

  List<JsonNode> history(String execution) {
    List<JsonNode> events = new ArrayList<>();
    ok("GetExecutionHistory", Json.object().put("executionArn", execution).put("maxResults", 1000))
        .path("events")
        .forEach(events::add);
    return events;
  }

  /** Lets all happen, moving the clock, until the execution has ended. */
  ObjectNode toTheEnd(String execution, Script script) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> {
          if (!running(execution)) {
            return true;
          }
          if (executor.idle() && !answer(script)) {
            engine.nextAlarm().ifPresent(this::moveTo);
          }
          return false;
        });
    settle();
    return describe(execution);
  }

  /** Answers the tokens that wait for it; whether there was one. */
  private boolean answer(Script script) {
    boolean answered = false;
    for (var each : script.answers().entrySet()) {
      ObjectNode request = Json.object().put("taskToken", each.getKey());
      JsonNode answer = each.getValue();
      Answer said =
          answer.has("error")
              ? call(
                  "SendTaskFailure",
                  request
                      .put("error", answer.path("error").asText())
                      .put("cause", answer.path("cause").asText()))
              : call("SendTaskSuccess", request.put("output", Json.text(answer.path("output"))));
      answered |= said.status() == 200;
    }
    return answered;
  }

  /** Lets all happen that does so without the clock. */
  void settle() {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(executor::idle);
  }

  boolean running(String execution) {
    return engine.executions().find(execution).orElseThrow().status() == Status.RUNNING;
  }

  void moveTo(Instant later) {
    clock.moveTo(later);
    engine.clockMoved();
  }

  @Override
  public void close() {
    engine.close();
  }
}
