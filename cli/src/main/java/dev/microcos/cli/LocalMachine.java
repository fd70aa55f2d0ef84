package dev.microcos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.wire.tool.ToolFailure;
import dev.microcos.core.wire.tool.Tools;
import dev.microcos.local.stepfunctions.Engine;
import dev.microcos.local.stepfunctions.EngineOptions;
import dev.microcos.local.stepfunctions.api.Answer;
import dev.microcos.local.stepfunctions.history.Event;
import dev.microcos.local.stepfunctions.history.Events;
import dev.microcos.local.stepfunctions.history.HistoryEvent;
import dev.microcos.local.stepfunctions.history.Journal;
import dev.microcos.local.stepfunctions.history.MemoryJournal;
import dev.microcos.local.stepfunctions.run.Status;
import dev.microcos.local.stepfunctions.run.StatusChange;
import dev.microcos.local.stepfunctions.task.Answers;
import dev.microcos.local.stepfunctions.task.TaskFailure;
import dev.microcos.local.stepfunctions.task.TaskRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One state machine in this process, for as long as one execution of it takes. */
final class LocalMachine {
  private static final String ERRORS = "dev.microcos.functions.steps.";

  private LocalMachine() {}

  /**
   * Runs a definition.
   *
   * @param told gets a line for each state that is entered
   * @return what DescribeExecution gives at the end
   */
  static JsonNode run(String definition, String input, Consumer<String> told) {
    CompletableFuture<StatusChange> ended = new CompletableFuture<>();
    EngineOptions options =
        EngineOptions.of(LocalMachine::task)
            .withListener(change -> {
              if (change.status() != Status.RUNNING) {
                ended.complete(change);
              }
            });
    try (Engine engine = Engine.open(new Telling(new MemoryJournal(), told), options).start()) {
      JsonNode machine =
          ask(
              engine,
              "CreateStateMachine",
              Json.object()
                  .put("name", "file")
                  .put("roleArn", "arn:aws:iam::000000000000:role/none")
                  .put("definition", definition));
      ask(
          engine,
          "StartExecution",
          Json.object()
              .put("stateMachineArn", Json.text(machine, "stateMachineArn"))
              .put("input", input));
      return ask(
          engine,
          "DescribeExecution",
          Json.object().put("executionArn", ended.join().executionArn()));
    }
  }

  private static JsonNode ask(Engine engine, String operation, ObjectNode request) {
    Answer answer = engine.api().handle(operation, request);
    if (answer.status() != 200) {
      throw Failure.failed(
          Json.text(answer.body(), "message").replace(", ", "\n  "),
          "mend the definition; it is Amazon States Language with JSONata");
    }
    return answer.body();
  }

  /** Does a tool step; what else there may be was refused before. */
  private static CompletableFuture<JsonNode> task(TaskRequest request) {
    JsonNode payload = request.arguments().path("Payload");
    ObjectNode arguments =
        payload.path("with").path("arguments") instanceof ObjectNode given ? given : Json.object();
    try {
      JsonNode result =
          Tools.ofTheHouse()
              .call(payload.path("with").path("tool").asText(), arguments, Instant.now());
      ObjectNode state =
          payload.path("state") instanceof ObjectNode before ? before.deepCopy() : Json.object();
      if (payload.has("into")) {
        state.set(Json.text(payload, "into"), result);
      }
      return CompletableFuture.completedFuture(Answers.invocation(state, 200, request.key()));
    } catch (ToolFailure failure) {
      String error = ERRORS + (failure.isPassing() ? "Retryable" : "Permanent");
      return CompletableFuture.failedFuture(new TaskFailure(error, failure.detail()));
    }
  }

  /** A journal that tells of the states as they are entered. */
  private record Telling(Journal journal, Consumer<String> told) implements Journal {
    @Override
    public boolean append(String stream, long position, String entry, @Nullable String summary) {
      boolean added = journal.append(stream, position, entry, summary);
      if (added && stream.startsWith("execution:")) {
        Events.events(List.of(entry)).forEach(this::tell);
      }
      return added;
    }

    private void tell(HistoryEvent event) {
      if (event.event() instanceof Event.StateEntered entered) {
        told.accept("  ▸  " + entered.name());
      }
    }

    @Override
    public void summarize(String stream, String summary) {
      journal.summarize(stream, summary);
    }

    @Override
    public List<String> read(String stream) {
      return journal.read(stream);
    }

    @Override
    public Map<String, String> summaries() {
      return journal.summaries();
    }

    @Override
    public void delete(String stream) {
      journal.delete(stream);
    }
  }
}
