package dev.microcos.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts, by strace, how often a server syncs a file to disk for each message of a lone client: the
 * proof that its acknowledgements are durable.
 */
final class SyncCount {
  private static final int MESSAGES = 200;
  private static final Pattern SYNC =
      Pattern.compile("\\b(fsync|fdatasync|sync_file_range|msync)\\(");

  private SyncCount() {}

  /** Syncs per message, or null where strace is missing or may not look. */
  static @Nullable Double perMessage(Contender contender, Path folder) throws Exception {
    Path log = folder.resolve(contender.name() + ".log");
    try (DataFolder data = DataFolder.in(folder, contender.name());
        RunningServer server = RunningServer.spawn(contender, data.path(), log)) {
      server.awaitHealthy();
      try (Person person = Person.open(server.endpoint(), "syncs")) {
        return perMessage(server, person, folder.resolve(contender.name() + ".strace"));
      }
    }
  }

  private static @Nullable Double perMessage(RunningServer server, Person person, Path trace)
      throws Exception {
    Process strace = attach(server.tree(), trace);
    if (strace == null) {
      return null;
    }
    try (HttpConnection connection = server.endpoint().connect()) {
      Actions actions = new Actions(0);
      for (int message = 0; message < MESSAGES; message++) {
        String id = actions.nextId();
        CompletableFuture<Long> delivery = person.expect(id);
        byte[] request = person.request("POST", "/v1/tasks", actions.task(id));
        Endpoint.json(connection.send(request), 202);
        person.await(delivery);
      }
    } finally {
      strace.destroy();
      strace.waitFor(5, TimeUnit.SECONDS);
    }
    try (Stream<String> lines = Files.lines(trace)) {
      return lines.filter(line -> SYNC.matcher(line).find()).count() / (double) MESSAGES;
    }
  }

  private static @Nullable Process attach(List<ProcessHandle> tree, Path trace)
      throws IOException, InterruptedException {
    List<String> command =
        new java.util.ArrayList<>(
            List.of("strace", "-f", "-e", "trace=fsync,fdatasync,msync", "-o", trace.toString()));
    tree.forEach(process -> command.addAll(List.of("-p", Long.toString(process.pid()))));
    try {
      Process strace = new ProcessBuilder(command).redirectErrorStream(true).start();
      return strace.waitFor(Duration.ofSeconds(1)) ? null : strace;
    } catch (IOException absent) {
      return null;
    }
  }
}
