package dev.microcos.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.services.lambda.InvocationFailure;
import dev.microcos.local.services.lambda.LambdaFunction;
import dev.microcos.local.stepfunctions.task.Functions;
import dev.microcos.local.stepfunctions.task.TaskFailure;

/** Lambda for the tasks of state machines: failures become what Step Functions makes of them. */
final class Invocations implements Functions {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int MOST_FRAMES = 20;

  private final dev.microcos.local.cloud.Functions functions;

  Invocations(dev.microcos.local.cloud.Functions functions) {
    this.functions = functions;
  }

  @Override
  public JsonNode invoke(String name, JsonNode payload) throws TaskFailure {
    LambdaFunction function;
    try {
      function = functions.find(unqualified(name));
    } catch (CloudException e) {
      throw new TaskFailure(
          "Lambda.ResourceNotFoundException",
          "Function not found: "
              + (name.startsWith("arn:")
                  ? name
                  : Blueprints.PLACE.arn("lambda", "function:" + name))
              + " (Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException)");
    }
    try {
      return function.invoke(payload);
    } catch (InvocationFailure.HandlerFailed e) {
      Throwable thrown = e.getCause() == null ? e : e.getCause();
      throw new TaskFailure(thrown.getClass().getName(), described(thrown).toString());
    } catch (InvocationFailure.TimedOut e) {
      ObjectNode cause =
          JSON.objectNode()
              .put("errorMessage", String.valueOf(e.getMessage()))
              .put("errorType", "Sandbox.Timedout");
      throw new TaskFailure("Sandbox.Timedout", cause.toString());
    } catch (InvocationFailure.Throttled e) {
      throw new TaskFailure(
          "Lambda.TooManyRequestsException",
          "Rate Exceeded. (Service: AWSLambda; Status Code: 429; Error Code:"
              + " TooManyRequestsException)");
    }
  }

  /** Here a function has one version, so its alias or version is the function. */
  private static String unqualified(String name) {
    String[] parts = name.split(":", -1);
    if (name.startsWith("arn:")) {
      return parts.length > 7 ? name.substring(0, name.lastIndexOf(':')) : name;
    }
    return parts[0];
  }

  private static ObjectNode described(Throwable thrown) {
    ObjectNode described =
        JSON.objectNode()
            .put("errorMessage", String.valueOf(thrown.getMessage()))
            .put("errorType", thrown.getClass().getName());
    ArrayNode trace = described.putArray("stackTrace");
    StackTraceElement[] frames = thrown.getStackTrace();
    for (int i = 0; i < Math.min(frames.length, MOST_FRAMES); i++) {
      trace.add(frames[i].toString());
    }
    Throwable cause = thrown.getCause();
    if (cause != null && !cause.equals(thrown)) {
      described
          .putObject("cause")
          .put("errorMessage", String.valueOf(cause.getMessage()))
          .put("errorType", cause.getClass().getName());
    }
    return described;
  }
}
