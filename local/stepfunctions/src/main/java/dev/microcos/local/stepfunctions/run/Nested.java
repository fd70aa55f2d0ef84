package dev.microcos.local.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.stepfunctions.history.Event;
import dev.microcos.local.stepfunctions.history.HistoryEvent;
import dev.microcos.local.stepfunctions.json.Json;
import dev.microcos.local.stepfunctions.machine.Machine;
import dev.microcos.local.stepfunctions.machine.Machines;
import dev.microcos.local.stepfunctions.task.Answers;
import dev.microcos.local.stepfunctions.task.Integrations;
import dev.microcos.local.stepfunctions.task.TaskFailure;
import dev.microcos.local.stepfunctions.task.TaskRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The tasks {@code states:startExecution} of all patterns; others go to their services. */
final class Nested implements Integrations, Children {

  private static final Logger LOG = System.getLogger(Nested.class.getName());

  private record Waiting(CompletableFuture<JsonNode> end, boolean outputAsJson) {}

  private final Executions executions;
  private final Machines machines;
  private final Integrations others;
  private final Executor executor;
  private final Map<String, ConcurrentLinkedQueue<Waiting>> waiting = new ConcurrentHashMap<>();

  Nested(Executions executions, Machines machines, Integrations others, Executor executor) {
    this.executions = executions;
    this.machines = machines;
    this.others = others;
    this.executor = executor;
  }

  @Override
  public CompletableFuture<JsonNode> begin(TaskRequest request) {
    if (!request.service().equals("states") || !request.action().equals("startExecution")) {
      return others.begin(request);
    }
    return CompletableFuture.supplyAsync(() -> start(request), executor);
  }

  private JsonNode start(TaskRequest request) {
    JsonNode arguments = request.arguments();
    String machineArn = arguments.path("StateMachineArn").asText();
    try {
      Machine machine =
          machines
              .find(machineArn)
              .orElseThrow(() ->
                  new Refusal(
                      "StateMachineDoesNotExist",
                      "State Machine Does Not Exist: '" + machineArn + "'"));
      String name =
          arguments
              .path("Name")
              .asText(
                  UUID.nameUUIDFromBytes(request.key().getBytes(StandardCharsets.UTF_8))
                      .toString());
      JsonNode input = arguments.path("Input");
      String text =
          input.isMissingNode() || input.isNull()
              ? "{}"
              : input.isTextual() ? input.textValue() : Json.text(input);
      Executions.Started started =
          executions.start(
              Arns.execution(machine.arn(), name),
              new Event.ExecutionStarted(
                  text,
                  machine.roleArn(),
                  machine.arn(),
                  name,
                  machine.definition(),
                  request.key()));
      return Answers.withMetadata(
          Json.object().put("ExecutionArn", started.arn()).put("StartDate", started.startMillis()),
          request.key());
    } catch (Refusal e) {
      throw new CompletionException(
          new TaskFailure(
              "StepFunctions." + e.type() + "Exception",
              e.text()
                  + " (Service: AWSStepFunctions; Status Code: 400; Error Code: "
                  + e.type()
                  + "; Request ID: "
                  + Answers.requestId(request.key())
                  + "; Proxy: null)"));
    }
  }

  @Override
  public CompletableFuture<JsonNode> end(String execution, boolean outputAsJson) {
    Waiting mine = new Waiting(new CompletableFuture<>(), outputAsJson);
    waiting.computeIfAbsent(execution, arn -> new ConcurrentLinkedQueue<>()).add(mine);
    if (executions.find(execution).map(Summary::status).orElse(null) != Status.RUNNING) {
      tell(execution, executions.history(execution));
    }
    return mine.end();
  }

  @Override
  public void stop(String execution) {
    try {
      long _ = executions.stop(execution, null, null);
    } catch (Refusal e) {
      LOG.log(Level.DEBUG, "nothing to stop", e);
    }
  }

  /** An execution has ended. */
  void ended(String arn, Course course) {
    if (waiting.containsKey(arn)) {
      tell(arn, course);
    }
  }

  private void tell(String arn, List<HistoryEvent> history) {
    Course course = new Course(machines::definition);
    history.forEach(course::apply);
    tell(arn, course);
  }

  private void tell(String arn, Course course) {
    ConcurrentLinkedQueue<Waiting> all = waiting.remove(arn);
    if (all != null) {
      for (Waiting each : all) {
        ObjectNode told = description(arn, course, each.outputAsJson());
        boolean _ =
            course.status == Status.SUCCEEDED
                ? each.end().complete(told)
                : each.end()
                    .completeExceptionally(
                        new TaskFailure(
                            "States.TaskFailed", Json.text(description(arn, course, false))));
      }
    }
  }

  private static ObjectNode description(String arn, Course course, boolean outputAsJson) {
    ObjectNode told = Json.object();
    put(told, "Cause", course.cause);
    put(told, "Error", course.error);
    told.put("ExecutionArn", arn);
    if (outputAsJson) {
      told.set("Input", course.input);
    } else {
      told.put("Input", course.started().input());
    }
    told.putObject("InputDetails").put("Included", true);
    told.put("Name", course.started().name());
    JsonNode output = course.output;
    if (output != null) {
      if (outputAsJson) {
        told.set("Output", output);
      } else {
        told.put("Output", Json.text(output));
      }
      told.putObject("OutputDetails").put("Included", true);
    }
    return told.put("RedriveCount", course.redrives)
        .put("StartDate", course.startMillis)
        .put("StateMachineArn", course.started().stateMachineArn())
        .put("Status", course.status.name())
        .put("StopDate", course.stopMillis);
  }

  private static void put(ObjectNode told, String name, @Nullable String value) {
    if (value != null) {
      told.put(name, value);
    }
  }
}
