package dev.microcos.local.stepfunctions.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.stepfunctions.json.Json;
import dev.microcos.local.stepfunctions.run.Executions;
import dev.microcos.local.stepfunctions.run.Refusal;
import java.util.Map;

/** Answers to task tokens. */
final class TaskOperations {

  private final Executions executions;

  TaskOperations(Executions executions) {
    this.executions = executions;
  }

  Map<String, StepFunctionsApi.Operation> all() {
    return Map.of(
        "SendTaskSuccess", this::success,
        "SendTaskFailure", this::failure,
        "SendTaskHeartbeat", this::heartbeat);
  }

  private ObjectNode success(Request request) {
    String token = request.required("taskToken");
    executions.taskSucceeded(token, output(request.required("output")));
    return Json.object();
  }

  private static JsonNode output(String text) {
    try {
      JsonNode output = Json.read(text);
      if (!output.isMissingNode() && !Json.tooLarge(output)) {
        return output;
      }
    } catch (JsonProcessingException e) {
      throw invalid(e.getOriginalMessage());
    }
    throw invalid("Invalid output");
  }

  private static Refusal invalid(String why) {
    return new Refusal("InvalidOutput", "Invalid Output: '" + why + "'");
  }

  private ObjectNode failure(Request request) {
    executions.taskFailed(
        request.required("taskToken"),
        request.text("error").orElse(null),
        request.text("cause").orElse(null));
    return Json.object();
  }

  private ObjectNode heartbeat(Request request) {
    executions.heartbeat(request.required("taskToken"));
    return Json.object();
  }
}
