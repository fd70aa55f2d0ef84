package dev.microcos.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops the running local cloud gracefully. */
@Command(name = "stop", description = "stop the local cloud; nothing that was acknowledged is lost")
final class Stop implements Callable<Integer> {
  private static final int PATIENCE_SECONDS = 20;

  @Mixin private Common common = new Common();

  @Override
  public Integer call() throws InterruptedException {
    common.needLocal("stop");
    Optional<Running> running = common.dataFolder().running();
    if (running.isEmpty()) {
      tell("not running", "no local cloud is running on " + common.dataFolder().path());
      return 0;
    }
    ProcessHandle process = ProcessHandle.of(running.get().pid()).orElseThrow();
    // A file that a killed cloud left may name a process that is another program by now.
    if (!Checks.answers(running.get().adminUrl())) {
      throw Failure.failed(
          "process " + process.pid() + " does not answer as a local cloud",
          "kill " + process.pid() + " if it is one, else delete " + common.dataFolder().file());
    }
    process.destroy();
    try {
      process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw Failure.failed(
          "process " + process.pid() + " does not end",
          "kill -9 " + process.pid() + "; what was acknowledged is on disk");
    }
    tell("stopped", "stopped");
    return 0;
  }

  private void tell(String status, String text) {
    Out.line(common.json() ? Json.line(Json.object().put("status", status)) : text);
  }
}
