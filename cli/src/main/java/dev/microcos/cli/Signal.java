package dev.microcos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends a signal: wakes the runs that wait for it and starts the workflows that it triggers. */
@Command(
    name = "signal",
    description = "send a signal: wakes what waits for it, starts what it triggers")
final class Signal implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Parameters(index = "0", paramLabel = "TYPE", description = "for example email_verified")
  private String type = "";

  @Parameters(
      index = "1..*",
      paramLabel = "K=V|@FILE",
      arity = "0..*",
      description = "its data: values that are JSON or text, or a file that holds an object")
  private List<String> words = List.of();

  @Option(names = "--run", paramLabel = "RUN", description = "only for this run")
  private @Nullable String run;

  @Override
  public Integer call() {
    Client client = common.client();
    ObjectNode body = Json.object().put("type", type).put("client_action_id", Ids.actionId());
    body.set("data", Arguments.object(words, Json.object()));
    if (run != null) {
      body.put("run_id", RunIds.find(client, run));
    }
    JsonNode reply = client.post("/v1/signals", body);
    if (common.json()) {
      Out.line(Json.line(reply));
      return 0;
    }
    Out.line("sent " + Json.text(reply, "signal_id"));
    JsonNode started = client.get("/v1/signals/routes").path("routes").path(type);
    started.forEach(name -> Out.line("  starts " + name.asText()));
    Out.line("  see ./microcos runs for what it woke");
    return 0;
  }
}
