package dev.microcos.bench.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.services.stepfunctions.StoreJournal;
import dev.microcos.local.services.store.Store;
import dev.microcos.local.stepfunctions.Engine;
import dev.microcos.local.stepfunctions.EngineOptions;
import dev.microcos.local.stepfunctions.api.Answer;
import dev.microcos.local.stepfunctions.run.Status;
import dev.microcos.local.stepfunctions.run.StatusChange;
import dev.microcos.local.stepfunctions.task.Answers;
import dev.microcos.local.stepfunctions.task.TaskRequest;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Our engine over the local cloud's store: each history is on the disk before its effects. */
final class LocalEngine implements WorkflowEngine {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Store store;
  private final Engine engine;
  private final Map<String, CompletableFuture<Integer>> running = new ConcurrentHashMap<>();
  private final String steps;
  private final String branches;

  LocalEngine(Path folder) {
    store = Store.open(folder);
    engine =
        Engine.open(
                new StoreJournal(store),
                EngineOptions.of(LocalEngine::task).withListener(this::changed))
            .start();
    steps = machine("steps", twentySteps());
    branches = machine("branches", tenBranches());
  }

  /** A function that adds one, at once or after the time of the work. */
  private static CompletableFuture<JsonNode> task(TaskRequest request) {
    JsonNode number = request.arguments().path("Payload");
    JsonNode answer =
        Answers.invocation(
            JSON.getNodeFactory().numberNode(number.intValue() + 1), 200, request.key());
    return request.arguments().path("FunctionName").asText().equals("work")
        ? new CompletableFuture<JsonNode>()
            .completeOnTimeout(answer, WORK_MILLIS, TimeUnit.MILLISECONDS)
        : CompletableFuture.completedFuture(answer);
  }

  private static ObjectNode task(String function) {
    ObjectNode state =
        JSON.createObjectNode()
            .put("Type", "Task")
            .put("Resource", "arn:aws:states:::lambda:invoke");
    state
        .putObject("Arguments")
        .put("FunctionName", function)
        .put("Payload", "{% $states.input %}");
    return state.put("Output", "{% $states.result.Payload %}");
  }

  private static ObjectNode twentySteps() {
    ObjectNode machine =
        JSON.createObjectNode().put("QueryLanguage", "JSONata").put("StartAt", "Step1");
    ObjectNode states = machine.putObject("States");
    for (int i = 1; i <= STEPS; i++) {
      ObjectNode state = task("nothing");
      states.set(
          "Step" + i, i < STEPS ? state.put("Next", "Step" + (i + 1)) : state.put("End", true));
    }
    return machine;
  }

  private static ObjectNode tenBranches() {
    ObjectNode machine =
        JSON.createObjectNode().put("QueryLanguage", "JSONata").put("StartAt", "All");
    ObjectNode all = machine.putObject("States").putObject("All").put("Type", "Parallel");
    ArrayNode branches = all.putArray("Branches");
    for (int i = 1; i <= BRANCHES; i++) {
      ObjectNode branch = branches.addObject().put("StartAt", "Work" + i);
      branch.putObject("States").set("Work" + i, task("work").put("End", true));
    }
    all.put("Output", "{% $count($states.result) %}").put("End", true);
    return machine;
  }

  private String machine(String name, ObjectNode definition) {
    return call(
            "CreateStateMachine",
            JSON.createObjectNode()
                .put("name", name)
                .put("definition", definition.toString())
                .put("roleArn", "arn:aws:iam::000000000000:role/bench"))
        .get("stateMachineArn")
        .textValue();
  }

  private JsonNode call(String operation, ObjectNode request) {
    Answer answer = engine.api().handle(operation, request);
    if (answer.status() != 200) {
      throw new IllegalStateException(operation + " answers " + answer.body());
    }
    return answer.body();
  }

  private CompletableFuture<Integer> start(String machine, String id) {
    CompletableFuture<Integer> result = new CompletableFuture<>();
    running.put(machine.replace(":stateMachine:", ":execution:") + ":" + id, result);
    JsonNode _ =
        call(
            "StartExecution",
            JSON.createObjectNode()
                .put("stateMachineArn", machine)
                .put("name", id)
                .put("input", "0"));
    return result;
  }

  private void changed(StatusChange change) {
    if (change.status() != Status.RUNNING) {
      CompletableFuture<Integer> result = running.remove(change.executionArn());
      if (result != null) {
        boolean _ = result.complete(change.detail().path("output").asInt(-1));
      }
    }
  }

  @Override
  public CompletableFuture<Integer> steps(String id) {
    return start(steps, id);
  }

  @Override
  public CompletableFuture<Integer> branches(String id) {
    return start(branches, id);
  }

  @Override
  public void close() {
    engine.close();
    store.close();
  }
}
