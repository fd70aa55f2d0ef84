package dev.microcos.cli;

import dev.microcos.local.cloud.LocalCloud;
import dev.microcos.local.cloud.LocalCloudOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Uses the product for some seconds, in a folder of its own, so that the JVM can keep the classes,
 * and what it learned of the busy methods, for later starts. The launcher runs it after a build.
 */
@Command(name = "train", hidden = true, description = "use the product for some seconds")
final class Train implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PRACTICE = Duration.ofSeconds(12);
  private static final int TASKS = 1_800;

  /** Nothing is learned from waiting. */
  private static final Map<String, String> UNHURRIED =
      Map.of("MICROCOS_WRITES_PER_MINUTE", "1000000", "MICROCOS_OFFLINE_PACE", "0");

  @Mixin private Common common = new Common();

  @Option(names = "--client", description = "only the commands that ask and print")
  private boolean client;

  @Override
  public Integer call() throws IOException, InterruptedException {
    common.needLocal("train");
    if (client) {
      TrainClient.round();
      return 0;
    }
    Path folder = Files.createTempDirectory("microcos-train");
    try {
      Thread round = Thread.ofPlatform().daemon().start(() -> round(folder));
      return round.join(PATIENCE) ? 0 : Failure.FAILED;
    } finally {
      Reset.delete(folder);
    }
  }

  private void round(Path folder) {
    try (LocalCloud cloud =
        LocalCloud.start(LocalCloudOptions.onFreePorts(folder.resolve("data"), UNHURRIED))) {
      Client local =
          Client.local(new DataFolder(folder.resolve("data")).needRunning(), common.name());
      try (Frames frames = local.frames(0)) {
        Instant end = Instant.now().plus(PRACTICE);
        for (int i = 0; i < TASKS && Instant.now().isBefore(end); i++) {
          local.post("/v1/tasks", Json.object().put("title", "Learn to start fast, " + i));
        }
        Out.line(Turn.say(local, frames, "What can you do?", _ -> {}).follow());
      }
      Out.line(Json.pretty(local.get("/v1/state")));
      Out.line(Json.line(local.get("/v1/events?after=0&limit=10")));
      Out.line(cloud.url() + " was up");
    }
  }
}
