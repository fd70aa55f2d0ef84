package dev.microcos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the state: all of it as JSON, or its messages and tasks for a person. */
@Command(name = "state", description = "print what the chief of staff holds: messages, tasks, …")
final class State implements Callable<Integer> {
  private static final int MESSAGES = 10;

  @Mixin private Common common = new Common();

  @Option(names = "--at", paramLabel = "SEQ", description = "as it was after this seq")
  private @Nullable Long at;

  @Override
  public Integer call() {
    JsonNode reply = common.client().get(at == null ? "/v1/state" : "/v1/state?at=" + at);
    if (common.json()) {
      Out.line(Json.pretty(reply));
      return 0;
    }
    JsonNode state = reply.path("state");
    Out.line("seq " + reply.path("seq").asLong() + "  hash " + Json.text(reply, "hash"));
    List<JsonNode> messages =
        state.path("messages").properties().stream()
            .map(Map.Entry::getValue)
            .sorted(Comparator.comparingLong(message -> message.path("seq").asLong()))
            .toList();
    Out.line("");
    Out.line("messages: " + messages.size());
    messages.stream().skip(Math.max(0, messages.size() - MESSAGES)).forEach(State::message);
    JsonNode tasks = state.path("tasks");
    Out.line("");
    Out.line("tasks: " + tasks.size());
    tasks.properties().forEach(task -> task(task.getKey(), task.getValue()));
    Out.line("");
    Out.line("everything: ./microcos state --json");
    return 0;
  }

  private static void message(JsonNode message) {
    String status = Json.text(message, "status");
    Out.line(
        "  "
            + (Json.text(message, "role").equals("user") ? "you" : "cos")
            + (status.equals("complete") ? "" : " (" + status + ")")
            + ": "
            + Json.text(message, "text").replace("\n", "\n       "));
  }

  private static void task(String id, JsonNode task) {
    String due = Json.text(task, "due");
    Out.line(
        "  "
            + (Json.text(task, "status").equals("done") ? "[x] " : "[ ] ")
            + Json.text(task, "title")
            + (due.isEmpty() ? "" : ", due " + due)
            + "  "
            + id);
  }
}
