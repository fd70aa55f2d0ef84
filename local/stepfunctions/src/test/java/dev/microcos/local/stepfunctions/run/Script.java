package dev.microcos.local.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.local.stepfunctions.history.HistoryEvent;
import dev.microcos.local.stepfunctions.json.Json;
import dev.microcos.local.stepfunctions.task.Answers;
import dev.microcos.local.stepfunctions.task.Integrations;
import dev.microcos.local.stepfunctions.task.TaskFailure;
import dev.microcos.local.stepfunctions.task.TaskRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Carries out tasks by a script: of each service or function the outcomes of its calls in order,
 * the last one for all further calls. It remembers the calls, and what their tokens are answered.
 */
final class Script implements Integrations {

  private final JsonNode script;
  private final Map<String, Integer> answered = new HashMap<>();
  private final List<TaskRequest> calls = new ArrayList<>();
  private final Map<String, JsonNode> answers = new LinkedHashMap<>();

  Script(JsonNode script) {
    this.script = script;
  }

  synchronized List<TaskRequest> calls() {
    return List.copyOf(calls);
  }

  /** A script that knows of the calls that these events tell of, as those had gone in this one. */
  synchronized Script upTo(List<HistoryEvent> written) {
    Script script = new Script(this.script);
    for (HistoryEvent event : written) {
      for (TaskRequest call : calls) {
        if (call.key().endsWith("#" + event.id())) {
          JsonNode _ = script.outcome(name(call), call.key());
          String token = call.arguments().findPath("token").asText();
          JsonNode answer = answers.get(token);
          if (answer != null) {
            script.answers.put(token, answer);
          }
        }
      }
    }
    return script;
  }

  /** What the tokens of all calls so far are answered, by token. */
  synchronized Map<String, JsonNode> answers() {
    return new LinkedHashMap<>(answers);
  }

  @Override
  public synchronized CompletableFuture<JsonNode> begin(TaskRequest request) {
    calls.add(request);
    JsonNode outcome = outcome(name(request), request.key());
    String token = request.arguments().findPath("token").asText();
    if (outcome.has("answer") && !token.isEmpty()) {
      answers.put(token, outcome.path("answer"));
    }
    if (outcome.has("error")) {
      return CompletableFuture.failedFuture(
          new TaskFailure(
              outcome.path("error").asText(), outcome.path("cause").asText("no cause")));
    }
    if (outcome.path("hangs").asBoolean()) {
      return new CompletableFuture<>();
    }
    JsonNode output = outcome.has("output") ? outcome.path("output") : request.arguments();
    boolean invocation = request.service().equals("lambda") && request.action().equals("invoke");
    return CompletableFuture.completedFuture(
        invocation
            ? Answers.invocation(
                outcome.has("output") ? output : request.arguments().path("Payload"),
                200,
                request.key())
            : output);
  }

  /** A call's place in the script is that of its key, so that a repetition has the same outcome. */
  private JsonNode outcome(String name, String key) {
    JsonNode outcomes = script.path(name);
    int next = answered.getOrDefault(name, 0);
    Integer mine = answered.putIfAbsent(name + key, next);
    if (mine == null) {
      answered.put(name, next + 1);
      mine = next;
    }
    if (!outcomes.isArray() || outcomes.isEmpty()) {
      return Json.object();
    }
    return outcomes.get(Math.min(mine, outcomes.size() - 1));
  }

  private static String name(TaskRequest request) {
    String function = request.arguments().path("FunctionName").asText();
    return function.isEmpty() ? request.service() + ":" + request.action() : function;
  }
}
