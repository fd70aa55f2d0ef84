package dev.microcos.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Follows a run to its end. */
@Command(
    name = "watch",
    description = "follow a run to its end, which gives the exit code; Ctrl-C leaves it going")
final class Watch implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Parameters(paramLabel = "RUN", description = "its id, or the beginning of it")
  private String run = "";

  @Override
  public Integer call() {
    Client client = common.client();
    String id = RunIds.find(client, run);
    var _ = RunIds.get(client, id);
    return new RunFollower(client, id, common.json()).follow();
  }
}
