package dev.microcos.cli;

import dev.microcos.local.cloud.LocalCloud;
import dev.microcos.local.cloud.LocalCloudOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Goes once through what a first use needs, in a folder of its own, so that the JVM can keep the
 * classes for later starts. The launcher runs it after a build.
 */
@Command(name = "train", hidden = true, description = "go once through a first use")
final class Train implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Mixin private Common common = new Common();

  @Override
  public Integer call() throws IOException, InterruptedException {
    common.needLocal("train");
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
        LocalCloud.start(LocalCloudOptions.onFreePorts(folder.resolve("data"), Map.of()))) {
      Client client =
          Client.local(new DataFolder(folder.resolve("data")).needRunning(), common.name());
      try (Frames frames = client.frames(0)) {
        client.post("/v1/tasks", Json.object().put("title", "Learn to start fast"));
        Out.line(Turn.say(client, frames, "What can you do?", _ -> {}).follow());
      }
      Out.line(Json.pretty(client.get("/v1/state")));
      Out.line(Json.line(client.get("/v1/events?after=0&limit=10")));
      Out.line(cloud.url() + " was up");
    }
  }
}
