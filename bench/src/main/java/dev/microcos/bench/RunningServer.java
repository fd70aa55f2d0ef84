package dev.microcos.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A started contender with its process tree; closing it stops all of that. */
final class RunningServer implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration STOP = Duration.ofSeconds(15);

  private final Process process;
  private final Endpoint endpoint;
  private final Path log;
  private final long spawned;
  private final Thread ifInterrupted;

  private RunningServer(Process process, Endpoint endpoint, Path log, long spawned) {
    this.process = process;
    this.endpoint = endpoint;
    this.log = log;
    this.spawned = spawned;
    this.ifInterrupted = new Thread(this::kill);
    Runtime.getRuntime().addShutdownHook(ifInterrupted);
  }

  /** Spawns it over a data folder and returns at once; what it prints goes to {@code log}. */
  static RunningServer spawn(Contender contender, Path data, Path log) throws IOException {
    return spawn(contender, Ports.free(), data, log);
  }

  /** The same on chosen ports. */
  static RunningServer spawn(Contender contender, Ports ports, Path data, Path log)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(contender.command(ports, data));
    builder.environment().putAll(contender.environment());
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    long spawned = System.nanoTime();
    return new RunningServer(builder.start(), contender.endpoint(ports), log, spawned);
  }

  /** Waits until it is healthy, looking every few milliseconds; fails if it ends or takes long. */
  RunningServer awaitHealthy(Duration atMost) throws IOException, InterruptedException {
    while (!endpoint.healthy()) {
      if (process.waitFor(5, TimeUnit.MILLISECONDS)) {
        throw new IOException("The server ended with " + process.exitValue() + ".\n" + lastWords());
      }
      if (System.nanoTime() - spawned > atMost.toNanos()) {
        throw new IOException("The server is not healthy after " + atMost + ".\n" + lastWords());
      }
    }
    return this;
  }

  /** The same, one minute at most. */
  RunningServer awaitHealthy() throws IOException, InterruptedException {
    return awaitHealthy(START);
  }

  /** Lets time pass; fails if the server ends meanwhile. */
  void letRun(Duration atMost) throws IOException, InterruptedException {
    if (process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IOException("The server ended with " + process.exitValue() + ".\n" + lastWords());
    }
  }

  /** How long ago it was spawned. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - spawned);
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** The process that was spawned and all that it has spawned. */
  List<ProcessHandle> tree() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
  }

  private String lastWords() throws IOException {
    return lastWords(log);
  }

  /** The end of what a server printed there. */
  static String lastWords(Path log) throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      List<String> all = lines.toList();
      return String.join("\n", all.subList(Math.max(0, all.size() - 20), all.size()));
    }
  }

  /** SIGKILL to the whole tree, and no word of goodbye. */
  void kill() {
    List<ProcessHandle> all = tree();
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle each : all) {
      each.onExit().join();
    }
  }

  /** SIGTERM, and after fifteen seconds SIGKILL. */
  @Override
  public void close() {
    List<ProcessHandle> all = tree();
    process.destroy();
    process.onExit().completeOnTimeout(process, STOP.toSeconds(), TimeUnit.SECONDS).join();
    all.forEach(ProcessHandle::destroyForcibly);
    Runtime.getRuntime().removeShutdownHook(ifInterrupted);
  }
}
