package dev.microcos.cli;

import dev.microcos.local.cloud.LocalCloud;
import dev.microcos.local.cloud.LocalCloudOptions;
import dev.microcos.local.services.store.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
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
  private static final Duration PRACTICE = Duration.ofSeconds(20);
  private static final int PEOPLE = 16;
  private static final int TASKS = 1_900;

  /** Nothing is learned from waiting. */
  private static final Map<String, String> UNHURRIED =
      Map.of("MICROCOS_WRITES_PER_MINUTE", "1000000", "MICROCOS_OFFLINE_PACE", "0");

  @Mixin private Common common = new Common();

  @Option(names = "--client", description = "only the commands that ask and print")
  private boolean client;

  @Option(
      names = "--library",
      paramLabel = "DIR",
      description = "where to unpack SQLite, so that no later start has to")
  private @Nullable Path library;

  @Override
  public Integer call() throws IOException, InterruptedException {
    common.needLocal("train");
    if (client) {
      TrainClient.round();
      return 0;
    }
    if (library != null) {
      boolean _ = NativeLibrary.unpack(library);
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
      Running running = new DataFolder(folder.resolve("data")).needRunning();
      practise(running);
      Client local = Client.local(running, common.name());
      try (Frames frames = local.frames(0)) {
        Out.line(Turn.say(local, frames, "What can you do?", _ -> {}).follow());
      }
      Out.line(Json.pretty(local.get("/v1/state")));
      Out.line(Json.line(local.get("/v1/events?after=0&limit=10")));
      Out.line(cloud.url() + " was up");
    }
  }

  /** Several people at once, each of whom waits for what comes of an action before the next. */
  private static void practise(Running running) {
    Instant end = Instant.now().plus(PRACTICE);
    try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < PEOPLE; i++) {
        String name = "trainee-" + i;
        people.execute(() -> practise(Client.local(running, name), end));
      }
    }
  }

  private static void practise(Client person, Instant end) {
    try (Frames frames = person.frames(0)) {
      for (int i = 0; i < TASKS && Instant.now().isBefore(end); i++) {
        long seq = frames.seq();
        person.post("/v1/tasks", Json.object().put("title", "Learn to start fast, " + i));
        while (frames.seq() == seq && frames.next(PATIENCE).isPresent()) {
          // the frame of the commit brings a newer seq
        }
      }
    }
  }
}
