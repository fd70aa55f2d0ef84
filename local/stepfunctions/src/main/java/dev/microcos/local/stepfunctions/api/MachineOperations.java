package dev.microcos.local.stepfunctions.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.stepfunctions.definition.Fault;
import dev.microcos.local.stepfunctions.definition.InvalidDefinitionException;
import dev.microcos.local.stepfunctions.json.Json;
import dev.microcos.local.stepfunctions.machine.Definitions;
import dev.microcos.local.stepfunctions.machine.Machine;
import dev.microcos.local.stepfunctions.machine.Machines;
import dev.microcos.local.stepfunctions.run.Refusal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Operations on state machines. */
final class MachineOperations {

  private final Machines machines;

  MachineOperations(Machines machines) {
    this.machines = machines;
  }

  Map<String, StepFunctionsApi.Operation> all() {
    return Map.of(
        "CreateStateMachine", this::create,
        "UpdateStateMachine", this::update,
        "DeleteStateMachine", this::delete,
        "DescribeStateMachine", this::describe,
        "ListStateMachines", this::list,
        "ValidateStateMachineDefinition", this::validate);
  }

  private ObjectNode create(Request request) {
    String name = Names.checked(request.required("name"));
    String definition = request.required("definition");
    String role = request.required("roleArn");
    if (!request.text("type").orElse("STANDARD").equals("STANDARD")) {
      throw new Refusal(
          "StateMachineTypeNotSupported", "Only STANDARD state machines are supported here");
    }
    if (request.flag("publish", false)) {
      throw new Refusal("ValidationException", "Versions are not supported here");
    }
    try {
      Machine machine =
          machines
              .create(name, definition, role, tracing(request), TagOperations.tags(request))
              .orElseThrow(() ->
                  new Refusal(
                      "StateMachineAlreadyExists",
                      "State Machine Already Exists: '" + machines.arn(name) + "'"));
      return Json.object()
          .put("stateMachineArn", machine.arn())
          .put("creationDate", StepFunctionsApi.seconds(machine.createdMillis()));
    } catch (InvalidDefinitionException e) {
      throw invalid(e);
    }
  }

  private static boolean tracing(Request request) {
    return request.member("tracingConfiguration").path("enabled").asBoolean(false);
  }

  private ObjectNode update(Request request) {
    String arn = request.arn("stateMachineArn", "stateMachine");
    Machine machine = machines.find(arn).orElseThrow(() -> missing(arn));
    if (!request.has("definition")
        && !request.has("roleArn")
        && !request.has("loggingConfiguration")
        && !request.has("tracingConfiguration")) {
      throw new Refusal(
          "MissingRequiredParameter",
          "Either the definition, the role ARN, the LoggingConfiguration, or the"
              + " TracingConfiguration must be specified");
    }
    try {
      Machine updated =
          machines.update(
              machine,
              request.text("definition").orElse(null),
              request.text("roleArn").orElse(null),
              request.has("tracingConfiguration") ? tracing(request) : null);
      return Json.object()
          .put("updateDate", StepFunctionsApi.seconds(updated.updatedMillis()))
          .put("revisionId", updated.revisionId());
    } catch (InvalidDefinitionException e) {
      throw invalid(e);
    }
  }

  private ObjectNode delete(Request request) {
    machines.delete(request.arn("stateMachineArn", "stateMachine"));
    return Json.object();
  }

  private ObjectNode describe(Request request) {
    String arn = request.arn("stateMachineArn", "stateMachine");
    Machine machine = machines.find(arn).orElseThrow(() -> missing(arn));
    ObjectNode answer =
        described(machine, machines.text(machine.definition()))
            .put("creationDate", StepFunctionsApi.seconds(machine.createdMillis()))
            .put("status", "ACTIVE")
            .put("type", "STANDARD");
    if (machine.revisionId() != null) {
      answer.put("revisionId", machine.revisionId());
    }
    return answer;
  }

  /** What a machine and an execution of it are both described by. */
  static ObjectNode described(Machine machine, String definition) {
    ObjectNode answer =
        Json.object()
            .put("stateMachineArn", machine.arn())
            .put("name", machine.name())
            .put("definition", definition)
            .put("roleArn", machine.roleArn());
    answer.putObject("loggingConfiguration").put("level", "OFF").put("includeExecutionData", false);
    answer.putObject("tracingConfiguration").put("enabled", machine.tracing());
    return answer;
  }

  private ObjectNode list(Request request) {
    return Pages.page(
        request,
        "stateMachines",
        machines.all(),
        1024,
        machine ->
            Json.object()
                .put("stateMachineArn", machine.arn())
                .put("name", machine.name())
                .put("type", "STANDARD")
                .put("creationDate", StepFunctionsApi.seconds(machine.createdMillis())));
  }

  private ObjectNode validate(Request request) {
    List<Fault> faults = List.of();
    try {
      var _ = Definitions.parse(request.required("definition"));
    } catch (InvalidDefinitionException e) {
      faults = e.faults();
    }
    ObjectNode answer = Json.object().put("result", faults.isEmpty() ? "OK" : "FAIL");
    ArrayNode diagnostics = answer.putArray("diagnostics");
    for (Fault fault : faults) {
      diagnostics
          .addObject()
          .put("severity", "ERROR")
          .put("code", fault.code())
          .put("message", fault.detail())
          .put("location", fault.path());
    }
    return answer.put("truncated", false);
  }

  private static Refusal invalid(InvalidDefinitionException e) {
    String faults =
        e.faults().stream()
            .map(fault ->
                fault.code()
                    + ": "
                    + fault.detail()
                    + (fault.path().isEmpty() ? "" : " at " + fault.path()))
            .collect(Collectors.joining(", "));
    return new Refusal("InvalidDefinition", "Invalid State Machine Definition: '" + faults + "'");
  }

  static Refusal missing(String arn) {
    return new Refusal("StateMachineDoesNotExist", "State Machine Does Not Exist: '" + arn + "'");
  }
}
