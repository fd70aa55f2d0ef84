package dev.microcos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Ends a run; what it has done stays. */
@Command(name = "cancel", description = "end a run; what it has done stays done")
final class Cancel implements Callable<Integer> {
  private static final List<String> OVER = List.of("completed", "failed", "cancelled", "timed_out");

  @Mixin private Common common = new Common();

  @Parameters(paramLabel = "RUN", description = "its id, or the beginning of it")
  private String run = "";

  @Override
  public Integer call() {
    Client client = common.client();
    String id = RunIds.find(client, run);
    JsonNode reply =
        RunIds.known(
            id,
            () ->
                client.post(
                    "/v1/runs/" + id + "/cancel",
                    Json.object().put("client_action_id", Ids.actionId())));
    if (common.json()) {
      Out.line(Json.line(reply));
    } else if (OVER.contains(Json.text(reply, "run_status"))) {
      Out.line("it was over before: " + Json.text(reply, "run_status"));
    } else {
      Out.line("it ends; see ./microcos show " + id);
    }
    return 0;
  }
}
