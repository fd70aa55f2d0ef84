package dev.microcos.local.stepfunctions.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.stepfunctions.history.Event;
import dev.microcos.local.stepfunctions.history.HistoryEvent;
import dev.microcos.local.stepfunctions.json.Json;
import dev.microcos.local.stepfunctions.machine.Machine;
import dev.microcos.local.stepfunctions.machine.Machines;
import dev.microcos.local.stepfunctions.run.Arns;
import dev.microcos.local.stepfunctions.run.Executions;
import dev.microcos.local.stepfunctions.run.Refusal;
import dev.microcos.local.stepfunctions.run.Status;
import dev.microcos.local.stepfunctions.run.Summary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Operations on executions. */
final class ExecutionOperations {

  private final Machines machines;
  private final Executions executions;

  ExecutionOperations(Machines machines, Executions executions) {
    this.machines = machines;
    this.executions = executions;
  }

  Map<String, StepFunctionsApi.Operation> all() {
    return Map.of(
        "StartExecution", this::start,
        "DescribeExecution", this::describe,
        "DescribeStateMachineForExecution", this::describeMachine,
        "ListExecutions", this::list,
        "StopExecution", this::stop,
        "RedriveExecution", this::redrive,
        "GetExecutionHistory", this::history);
  }

  private ObjectNode start(Request request) {
    String machineArn = request.arn("stateMachineArn", "stateMachine");
    Machine machine =
        machines.find(machineArn).orElseThrow(() -> MachineOperations.missing(machineArn));
    String name = Names.checked(request.text("name").orElseGet(() -> UUID.randomUUID().toString()));
    String input = input(request.text("input").orElse("{}"));
    Executions.Started started =
        executions.start(
            Arns.execution(machine.arn(), name),
            new Event.ExecutionStarted(
                input, machine.roleArn(), machine.arn(), name, machine.definition(), null));
    return Json.object()
        .put("executionArn", started.arn())
        .put("startDate", StepFunctionsApi.seconds(started.startMillis()));
  }

  private static String input(String text) {
    if (text.getBytes(StandardCharsets.UTF_8).length > Json.MOST_BYTES) {
      throw Request.invalid(
          "Value at 'input'", "Member must have length less than or equal to " + Json.MOST_BYTES);
    }
    try {
      if (!Json.read(text).isMissingNode()) {
        return text;
      }
    } catch (JsonProcessingException e) {
      throw invalid(e.getOriginalMessage());
    }
    throw invalid("Invalid execution input.");
  }

  private static Refusal invalid(String why) {
    return new Refusal(
        "InvalidExecutionInput", "Invalid State Machine Execution Input: '" + why + "'");
  }

  private Summary summary(Request request) {
    String arn = request.arn("executionArn", "execution");
    return executions
        .find(arn)
        .orElseThrow(
            () -> new Refusal("ExecutionDoesNotExist", "Execution Does Not Exist: '" + arn + "'"));
  }

  private ObjectNode describe(Request request) {
    Summary known = summary(request);
    List<HistoryEvent> history = executions.history(known.arn());
    Summary summary = executions.find(known.arn()).orElse(known);
    ObjectNode answer = listed(summary).put("redriveCount", summary.redriveCount());
    if (summary.redriveCount() > 0) {
      answer.put("redriveDate", StepFunctionsApi.seconds(summary.redriveMillis()));
    }
    Described.describe(answer, summary);
    if (history.getFirst().event() instanceof Event.ExecutionStarted started) {
      answer.put("input", started.input()).putObject("inputDetails").put("included", true);
    }
    if (summary.status() != Status.RUNNING) {
      Described.end(answer, history.getLast().event());
    }
    return answer;
  }

  private static ObjectNode listed(Summary summary) {
    ObjectNode listed =
        Json.object()
            .put("executionArn", summary.arn())
            .put("stateMachineArn", summary.stateMachineArn())
            .put("name", summary.name())
            .put("status", summary.status().name())
            .put("startDate", StepFunctionsApi.seconds(summary.startMillis()))
            .put("redriveCount", summary.redriveCount());
    if (summary.status() != Status.RUNNING) {
      listed.put("stopDate", StepFunctionsApi.seconds(summary.stopMillis()));
    }
    return listed;
  }

  private ObjectNode describeMachine(Request request) {
    Summary summary = summary(request);
    if (!(executions.history(summary.arn()).getFirst().event()
        instanceof Event.ExecutionStarted started)) {
      throw new IllegalStateException("a history without a start");
    }
    String arn = started.stateMachineArn();
    Machine then =
        new Machine(
            arn,
            arn.substring(arn.lastIndexOf(':') + 1),
            started.roleArn(),
            started.definition(),
            summary.startMillis(),
            summary.startMillis(),
            null,
            machines.find(arn).map(Machine::tracing).orElse(false),
            Map.of());
    long updated =
        machines
            .find(arn)
            .filter(machine -> machine.definition().equals(started.definition()))
            .map(Machine::updatedMillis)
            .orElse(summary.startMillis());
    return MachineOperations.described(then, machines.text(started.definition()))
        .put("updateDate", StepFunctionsApi.seconds(updated));
  }

  private ObjectNode list(Request request) {
    String machineArn = request.arn("stateMachineArn", "stateMachine");
    if (machines.find(machineArn).isEmpty()) {
      throw MachineOperations.missing(machineArn);
    }
    String status = request.text("statusFilter").orElse("");
    if (status.equals("PENDING_REDRIVE")) {
      return Pages.page(request, "executions", List.of(), 3096, any -> Json.object());
    }
    if (!status.isEmpty() && !isStatus(status)) {
      throw Request.invalid(
          "Value '" + status + "' at 'statusFilter'",
          "Member must satisfy enum value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED,"
              + " FAILED, RUNNING]");
    }
    List<Summary> found = new ArrayList<>();
    for (Summary summary : executions.all()) {
      if (summary.stateMachineArn().equals(machineArn)
          && (status.isEmpty() || summary.status().name().equals(status))) {
        found.add(summary);
      }
    }
    found.sort(
        Comparator.comparingLong(Summary::startMillis).reversed().thenComparing(Summary::arn));
    return Pages.page(request, "executions", found, 3096, ExecutionOperations::listed);
  }

  private static boolean isStatus(String name) {
    for (Status status : Status.values()) {
      if (status.name().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private ObjectNode stop(Request request) {
    long stopped =
        executions.stop(
            summary(request).arn(),
            request.text("error").orElse(null),
            request.text("cause").orElse(null));
    return Json.object().put("stopDate", StepFunctionsApi.seconds(stopped));
  }

  private ObjectNode redrive(Request request) {
    long redriven = executions.redrive(summary(request).arn());
    return Json.object().put("redriveDate", StepFunctionsApi.seconds(redriven));
  }

  private ObjectNode history(Request request) {
    List<HistoryEvent> events = executions.history(summary(request).arn());
    if (request.flag("reverseOrder", false)) {
      Collections.reverse(events);
    }
    boolean data = request.flag("includeExecutionData", true);
    return Pages.page(request, "events", events, 1024, event -> WireHistory.event(event, data));
  }
}
