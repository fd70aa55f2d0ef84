package dev.microcos.local.stepfunctions.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.stepfunctions.history.Event;
import dev.microcos.local.stepfunctions.history.HistoryEvent;
import dev.microcos.local.stepfunctions.json.Json;
import java.util.Map;
import java.util.TreeMap;

/** Events as GetExecutionHistory tells them. */
final class WireHistory {

  private WireHistory() {}

  /** An event with its type and details; without {@code data} it lacks inputs and outputs. */
  static ObjectNode event(HistoryEvent history, boolean data) {
    ObjectNode wire =
        Json.object()
            .put("timestamp", StepFunctionsApi.seconds(history.millis()))
            .put("type", type(history.event()))
            .put("id", history.id())
            .put("previousEventId", history.previousEventId());
    details(new Details(wire, data), history.event());
    return wire;
  }

  private static String type(Event event) {
    return switch (event) {
      case Event.StateEntered e -> e.kind() + "StateEntered";
      case Event.StateExited e -> e.kind() + "StateExited";
      case Event.StateAborted e -> e.kind() + "StateAborted";
      case Event.FanSucceeded e -> e.kind() + "StateSucceeded";
      case Event.FanFailed e -> e.kind() + "StateFailed";
      case Event.TaskScheduled e -> task(e.resourceType(), "Scheduled");
      case Event.TaskStarted e -> task(e.resourceType(), "Started");
      case Event.TaskSubmitted e -> task(e.resourceType(), "Submitted");
      case Event.TaskSucceeded e -> task(e.resourceType(), "Succeeded");
      case Event.TaskFailed e -> task(e.resourceType(), "Failed");
      case Event.TaskTimedOut e -> task(e.resourceType(), "TimedOut");
      default -> event.getClass().getSimpleName();
    };
  }

  private static String task(String resourceType, String what) {
    return (resourceType.equals(Event.TaskScheduled.FUNCTION) ? "LambdaFunction" : "Task") + what;
  }

  private static void details(Details details, Event event) {
    switch (event) {
      case Event.ExecutionStarted e ->
          details.of("executionStarted").text("input", e.input()).always("roleArn", e.roleArn());
      case Event.ExecutionSucceeded e ->
          details.of("executionSucceeded").value("output", e.output());
      case Event.ExecutionFailed e -> details.of("executionFailed").failure(e.error(), e.cause());
      case Event.ExecutionAborted e -> details.of("executionAborted").failure(e.error(), e.cause());
      case Event.ExecutionTimedOut _ -> details.of("executionTimedOut");
      case Event.ExecutionRedriven e ->
          details.of("executionRedriven").number("redriveCount", e.redriveCount());
      case Event.StateEntered e ->
          details.of("stateEntered").always("name", e.name()).value("input", e.input());
      case Event.StateExited e -> {
        Details exited =
            details.of("stateExited").always("name", e.name()).value("output", e.output());
        Map<String, JsonNode> assigned = e.assigned();
        if (assigned != null && !assigned.isEmpty()) {
          exited.variables(new TreeMap<>(assigned));
        }
      }
      case Event.EvaluationFailed e ->
          details
              .of("evaluationFailed")
              .failure(e.error(), e.cause())
              .always("location", e.location())
              .always("state", e.state());
      case Event.TaskScheduled e -> scheduled(details, e);
      case Event.TaskStarted e -> {
        if (!isFunction(e.resourceType())) {
          details.of("taskStarted").resource(e.resourceType(), e.resource());
        }
      }
      case Event.TaskSubmitted e ->
          details
              .of("taskSubmitted")
              .resource(e.resourceType(), e.resource())
              .value("output", e.output());
      case Event.TaskSucceeded e ->
          (isFunction(e.resourceType())
                  ? details.of("lambdaFunctionSucceeded")
                  : details.of("taskSucceeded").resource(e.resourceType(), e.resource()))
              .value("output", e.output());
      case Event.TaskFailed e ->
          (isFunction(e.resourceType())
                  ? details.of("lambdaFunctionFailed")
                  : details.of("taskFailed").resource(e.resourceType(), e.resource()))
              .failure(e.error(), e.cause());
      case Event.TaskTimedOut e ->
          (isFunction(e.resourceType())
                  ? details.of("lambdaFunctionTimedOut")
                  : details.of("taskTimedOut").resource(e.resourceType(), e.resource()))
              .failure("States.Timeout", null);
      case Event.MapStateStarted e ->
          details.of("mapStateStarted").number("length", e.items().size());
      case Event.MapIterationStarted e ->
          details.of("mapIterationStarted").iteration(e.name(), e.index());
      case Event.MapIterationSucceeded e ->
          details.of("mapIterationSucceeded").iteration(e.name(), e.index());
      case Event.MapIterationFailed e ->
          details.of("mapIterationFailed").iteration(e.name(), e.index());
      case Event.MapIterationAborted e ->
          details.of("mapIterationAborted").iteration(e.name(), e.index());
      case Event.ParallelStateStarted _,
          Event.StateAborted _,
          Event.FanSucceeded _,
          Event.FanFailed _ -> {}
    }
  }

  private static void scheduled(Details details, Event.TaskScheduled e) {
    if (isFunction(e.resourceType())) {
      details
          .of("lambdaFunctionScheduled")
          .always("resource", e.resource())
          .value("input", e.parameters())
          .number("timeoutInSeconds", e.timeoutSeconds());
    } else {
      details
          .of("taskScheduled")
          .resource(e.resourceType(), e.resource())
          .always("region", e.region())
          .parameters(e.parameters())
          .number("timeoutInSeconds", e.timeoutSeconds())
          .number("heartbeatInSeconds", e.heartbeatSeconds());
    }
  }

  private static boolean isFunction(String resourceType) {
    return resourceType.equals(Event.TaskScheduled.FUNCTION);
  }
}
