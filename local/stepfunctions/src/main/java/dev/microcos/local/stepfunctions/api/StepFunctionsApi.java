package dev.microcos.local.stepfunctions.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.stepfunctions.json.Json;
import dev.microcos.local.stepfunctions.machine.Machines;
import dev.microcos.local.stepfunctions.run.Executions;
import dev.microcos.local.stepfunctions.run.Refusal;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Answers the operations of {@code AWSStepFunctions}. */
public final class StepFunctionsApi {

  private static final Logger LOG = System.getLogger(StepFunctionsApi.class.getName());

  /** Answers one operation, or throws a {@link Refusal}. */
  @FunctionalInterface
  interface Operation {
    ObjectNode answer(Request request);
  }

  private final Map<String, Operation> operations = new TreeMap<>();

  /** The API of these machines and executions. */
  public StepFunctionsApi(Machines machines, Executions executions) {
    operations.putAll(new MachineOperations(machines).all());
    operations.putAll(new ExecutionOperations(machines, executions).all());
    operations.putAll(new TaskOperations(executions).all());
    operations.putAll(new TagOperations(machines).all());
  }

  /** The operations that are answered. */
  public Set<String> operations() {
    return Set.copyOf(operations.keySet());
  }

  /** Answers an operation by its name, as {@code StartExecution}; never throws. */
  public Answer handle(String operation, byte[] body) {
    JsonNode members;
    try {
      members = Json.read(new String(body, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      return Answer.refusal(400, "SerializationException", "The request is not a JSON object");
    }
    return handle(operation, members);
  }

  /** Answers an operation whose request has been read already; never throws. */
  public Answer handle(String name, JsonNode members) {
    Operation operation = operations.get(name);
    if (operation == null) {
      return Answer.refusal(
          400,
          "UnknownOperationException",
          "The operation " + name.replaceAll("[^A-Za-z0-9]", "") + " is not supported here.");
    }
    if (!members.isObject()) {
      return Answer.refusal(400, "SerializationException", "The request is not a JSON object");
    }
    try {
      return new Answer(200, operation.answer(new Request(members)));
    } catch (Refusal refusal) {
      return Answer.refusal(400, refusal.type(), refusal.text());
    } catch (RuntimeException | StackOverflowError e) {
      LOG.log(Level.ERROR, "Step Functions " + name + " failed", e);
      return Answer.refusal(500, "InternalServerException", "The request failed: see the log.");
    }
  }

  /** A time as the wire has it: seconds since 1970 with a fraction. */
  static double seconds(long millis) {
    return millis / 1000.0;
  }
}
