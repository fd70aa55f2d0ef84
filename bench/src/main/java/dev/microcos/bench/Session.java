package dev.microcos.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

/** Takes one contender through one round, in a data folder of its own that is gone afterwards. */
final class Session {
  private final Contender contender;
  private final Settings settings;
  private final Path folder;

  /** A session that keeps data and log under {@code folder}. */
  Session(Contender contender, Settings settings, Path folder) {
    this.contender = contender;
    this.settings = settings;
    this.folder = folder;
  }

  /** Installs, builds and starts once, so that a round has nothing to build. */
  static void prepare(Contender contender, Path folder) throws Exception {
    contender.prepare();
    try (DataFolder data = DataFolder.in(folder, contender.name());
        RunningServer server =
            RunningServer.spawn(contender, data.path(), log(contender, folder))) {
      server.awaitHealthy(Duration.ofMinutes(15));
    }
  }

  private static Path log(Contender contender, Path folder) {
    return folder.resolve(contender.name() + ".log");
  }

  /** One round: start, first frame, warm-up, cells, streams, rest, memory, stop. */
  Round run() throws Exception {
    try (DataFolder data = DataFolder.in(folder, contender.name());
        RunningServer server =
            RunningServer.spawn(contender, data.path(), log(contender, folder))) {
      server.awaitHealthy();
      return measured(server, data);
    } catch (Exception failed) {
      String words = RunningServer.lastWords(log(contender, folder));
      throw new IOException(contender.name() + " failed.\n" + words, failed);
    }
  }

  /** Streamed answers of a model that tells when it spoke, after the time of warming up. */
  static Round.StreamResult streams(MicroCos contender, Settings settings, Path folder)
      throws Exception {
    try (DataFolder data = DataFolder.in(folder, contender.name());
        StampedModel model = new StampedModel();
        RunningServer server =
            RunningServer.spawn(contender.on(model.url()), data.path(), log(contender, folder))) {
      server.awaitHealthy();
      long warm = System.nanoTime() + settings.warmUp().toNanos();
      while (System.nanoTime() < warm) {
        Streams.run(server.endpoint(), settings.streams(), model::toldAt);
      }
      return Streams.run(server.endpoint(), settings.streams(), model::toldAt);
    }
  }

  private Round measured(RunningServer server, DataFolder data) throws Exception {
    firstFrame(server.endpoint());
    double startSeconds = server.age().toNanos() / 1e9;
    double idle = ProcessTree.residentMebibytes(server.tree());
    long messages = 0;
    for (Cell cell : Cell.ALL) {
      Duration part = settings.warmUp().dividedBy(Cell.ALL.size());
      messages += run(cell, server, part).delivery().count();
    }
    List<Round.CellResult> cells = new ArrayList<>();
    for (Cell cell : Cell.ALL) {
      Round.CellResult result = run(cell, server, settings.cell());
      messages += result.delivery().count();
      cells.add(result);
    }
    Round.StreamResult streams =
        contender.streams() && settings.streams() > 0
            ? Streams.run(server.endpoint(), settings.streams(), _ -> LongStream.empty())
            : null;
    server.letRun(settings.rest());
    double loaded = ProcessTree.residentMebibytes(server.tree());
    return new Round(startSeconds, idle, cells, streams, loaded, (double) data.size() / messages);
  }

  private static void firstFrame(Endpoint endpoint) throws Exception {
    Actions actions = new Actions(0);
    String id = actions.nextId();
    try (Person first = Person.open(endpoint, "first");
        HttpConnection connection = endpoint.connect()) {
      CompletableFuture<Long> delivery = first.expect(id);
      byte[] request = first.request("POST", "/v1/tasks", actions.task(id));
      Endpoint.json(connection.send(request), 202);
      first.await(delivery);
    }
  }

  private Round.CellResult run(Cell cell, RunningServer server, Duration time) throws Exception {
    List<Seat> seats = new ArrayList<>();
    try (People people = new People(server.endpoint(), contender.name(), 8)) {
      for (int seat = 0; seat < cell.people(); seat++) {
        seats.add(new Seat(people, settings.share()));
      }
      Usage before = Usage.now(server.tree());
      ClosedLoop.Outcome outcome =
          ClosedLoop.run(cell, server.endpoint(), seats, time, settings.seed());
      return result(cell, outcome, Usage.now(server.tree()).minus(before));
    } finally {
      for (Seat seat : seats) {
        seat.close();
      }
    }
  }

  private static Round.CellResult result(Cell cell, ClosedLoop.Outcome outcome, Usage used) {
    int messages = outcome.delivery().count();
    double cores = Runtime.getRuntime().availableProcessors();
    return new Round.CellResult(
        cell.name(),
        outcome.messagesPerSecond(),
        outcome.ack(),
        outcome.delivery(),
        1e3 * used.server() / messages,
        1e3 * used.client() / messages,
        1e11 * used.others() / outcome.elapsed().toNanos() / cores);
  }

  /** CPU seconds since some past moment. */
  private record Usage(double server, double client, double machine) {
    static Usage now(List<ProcessHandle> tree) throws IOException {
      return new Usage(
          ProcessTree.cpuSeconds(tree),
          ProcessTree.cpuSeconds(List.of(ProcessHandle.current())),
          ProcessTree.machineSeconds());
    }

    Usage minus(Usage before) {
      return new Usage(server - before.server, client - before.client, machine - before.machine);
    }

    double others() {
      return Math.max(0, machine - server - client);
    }
  }
}
