package dev.microcos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints one run: its steps, what it asks, what came of it. */
@Command(name = "show", description = "print a run: its steps, what it asks, what came of it")
final class Show implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Parameters(paramLabel = "RUN", description = "its id, or the beginning of it")
  private String run = "";

  @Override
  public Integer call() {
    Client client = common.client();
    JsonNode found = RunIds.get(client, RunIds.find(client, run));
    if (common.json()) {
      Out.line(Json.pretty(found));
    } else {
      RunText.show(found);
    }
    return 0;
  }
}
