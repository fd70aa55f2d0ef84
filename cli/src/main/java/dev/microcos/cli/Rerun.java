package dev.microcos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a run again as a new one, whole or from a step. */
@Command(name = "rerun", description = "run it again as a new run, whole or from a step")
final class Rerun implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Parameters(paramLabel = "RUN", description = "its id, or the beginning of it")
  private String run = "";

  @Option(names = "--from", paramLabel = "STEP", description = "the step's name; else all of it")
  private @Nullable String from;

  @Option(names = "--dry-run", description = "only say what would run again and what is kept")
  private boolean dryRun;

  @Override
  public Integer call() {
    Client client = common.client();
    String id = RunIds.find(client, run);
    ObjectNode body = Json.object();
    if (from != null) {
      body.put("from", from);
    }
    if (!dryRun) {
      body.put("client_action_id", Ids.actionId());
    }
    JsonNode reply = send(client, id, body);
    if (common.json()) {
      Out.line(Json.line(reply));
      return 0;
    }
    if (!dryRun) {
      Out.line(Json.text(reply, "run_id"));
    }
    names("runs again", reply.path("runs_again"));
    names("keeps", reply.path("keeps"));
    if (!dryRun) {
      Out.line("  watch       ./microcos watch " + Json.text(reply, "run_id"));
    }
    return 0;
  }

  private JsonNode send(Client client, String id, ObjectNode body) {
    String path = "/v1/runs/" + id + "/rerun" + (dryRun ? "?dry_run=true" : "");
    try {
      return RunIds.known(id, () -> client.post(path, body));
    } catch (Failure failure) {
      throw switch (failure.status()) {
        case 400 ->
            failure.withNext("see ./microcos show " + id + " --json for the names of its steps");
        case 409 -> failure.withNext("./microcos cancel " + id + ", or wait until it is over");
        default -> failure;
      };
    }
  }

  private static void names(String what, JsonNode all) {
    List<String> names = new ArrayList<>();
    all.forEach(name -> names.add(name.asText()));
    if (!names.isEmpty()) {
      Out.line("  %-11s %s".formatted(what, String.join(", ", names)));
    }
  }
}
