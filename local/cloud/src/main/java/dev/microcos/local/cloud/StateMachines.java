package dev.microcos.local.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.cloud.template.Blueprint;
import dev.microcos.local.services.events.EventBridgeService;
import dev.microcos.local.services.events.EventBus;
import dev.microcos.local.services.events.EventPattern;
import dev.microcos.local.services.stepfunctions.StepFunctionsService;
import dev.microcos.local.services.store.Store;
import dev.microcos.local.services.transport.Router;
import dev.microcos.local.stepfunctions.EngineOptions;
import dev.microcos.local.stepfunctions.run.StatusChange;
import dev.microcos.local.stepfunctions.task.AwsIntegrations;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * The template's state machines and event rules: the tasks call the template's functions and the
 * services of this cloud, and the bus hears when an execution's status changes.
 */
final class StateMachines implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Functions functions;
  private final EventBus bus = new EventBus();
  private final Calls calls = new Calls();
  private final StepFunctionsService service;
  private final EventBridgeService events;

  private StateMachines(Store store, InstantSource clock, Functions functions) {
    this.functions = functions;
    this.events = new EventBridgeService(bus, store, clock);
    Invocations invocations = new Invocations(functions);
    this.service =
        new StepFunctionsService(
            store,
            EngineOptions.of(new AwsIntegrations(invocations, calls))
                .in(Blueprints.PLACE.account(), Blueprints.PLACE.region())
                .withClock(clock)
                .withListener(this::changed));
  }

  /** What the store has; nothing goes on before {@link #start}. */
  static StateMachines open(Store store, InstantSource clock, Functions functions) {
    return new StateMachines(store, clock, functions);
  }

  /** Makes or changes the template's machines, and lets the executions go on. */
  void start(Blueprint blueprint, Router router) {
    calls.connect(router);
    blueprint.rules().forEach(this::rule);
    blueprint.stateMachines().forEach(this::make);
    service.start();
  }

  /**
   * Has the functions of a rule hear of what fits it.
   *
   * @throws CloudException if its pattern is none
   */
  void rule(Blueprint.Rule rule) {
    List<Consumer<JsonNode>> targets =
        rule.functionArns().stream()
            .<Consumer<JsonNode>>map(arn -> event -> invoke(arn, event))
            .toList();
    try {
      bus.add(rule.name(), new EventPattern(rule.pattern()), targets);
    } catch (IllegalArgumentException e) {
      throw new CloudException("the rule " + rule.name() + ": " + e.getMessage(), e);
    }
  }

  private void invoke(String function, JsonNode event) {
    JsonNode _ = functions.find(function).invoke(event);
  }

  private void changed(StatusChange change) {
    bus.deliver(change.event());
  }

  /**
   * Makes a machine, or changes it if it is another.
   *
   * @throws CloudException if its definition is none
   */
  void make(Blueprint.StateMachine machine) {
    ObjectNode described =
        call("DescribeStateMachine", JSON.createObjectNode().put("stateMachineArn", machine.arn()));
    ObjectNode wanted =
        JSON.createObjectNode()
            .put("definition", machine.definition())
            .put("roleArn", machine.roleArn());
    wanted.putObject("tracingConfiguration").put("enabled", machine.tracing());
    if (described.has("__type")) {
      require(machine, call("CreateStateMachine", wanted.put("name", machine.name())));
    } else if (!same(described, wanted)) {
      require(machine, call("UpdateStateMachine", wanted.put("stateMachineArn", machine.arn())));
    }
  }

  private static boolean same(JsonNode described, JsonNode wanted) {
    return wanted.properties().stream()
        .allMatch(field -> field.getValue().equals(described.get(field.getKey())));
  }

  private ObjectNode call(String operation, JsonNode request) {
    return service.engine().api().handle(operation, request).body();
  }

  private static void require(Blueprint.StateMachine machine, ObjectNode answer) {
    if (answer.has("__type")) {
      throw new CloudException(
          "the state machine "
              + machine.name()
              + " cannot be made: "
              + answer.path("message").asText());
    }
  }

  /** What answers for Step Functions. */
  StepFunctionsService service() {
    return service;
  }

  /** What answers for EventBridge. */
  EventBridgeService events() {
    return events;
  }

  /** Looks at the clock again, which somebody has moved. */
  void clockMoved() {
    service.clockMoved();
    removeExpired();
  }

  /** Removes the histories that are older than AWS keeps them. */
  void removeExpired() {
    service.removeExpired();
  }

  /**
   * Forgets the executions of a person who was erased. AWS keeps such histories for 90 days,
   * encrypted; here they would stand in the data folder for everybody to read.
   */
  void forget(String userId) {
    service
        .engine()
        .executions()
        .forget(input -> tree(input).at("/run/user_id").asText().equals(userId));
  }

  private static JsonNode tree(String input) {
    try {
      return JSON.readTree(input);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an execution began with what is no JSON", e);
    }
  }

  /** Lets nothing go on any more. */
  @Override
  public void close() {
    service.close();
  }
}
