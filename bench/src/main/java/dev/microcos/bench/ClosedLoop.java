package dev.microcos.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Closed-loop load: each client posts, waits for the 202 and for the frame with its action id, and
 * posts again. The first thing that goes wrong ends the run.
 */
final class ClosedLoop {

  /**
   * What came of it.
   *
   * @param ack from before the request to the whole 202
   * @param delivery from before the request to the parsed frame
   * @param elapsed from the first request to the last delivery
   */
  record Outcome(Distribution ack, Distribution delivery, Duration elapsed) {

    double messagesPerSecond() {
      return delivery.count() / (elapsed.toNanos() / 1e9);
    }
  }

  private record Samples(Latencies ack, Latencies delivery) {
    Samples() {
      this(new Latencies(), new Latencies());
    }
  }

  private ClosedLoop() {}

  /** Runs a cell over these seats for a time; the seats are as many as the cell's people. */
  static Outcome run(Cell cell, Endpoint endpoint, List<Seat> seats, Duration time, long seed)
      throws Exception {
    List<Future<Samples>> clients = new ArrayList<>();
    Samples all = new Samples();
    long start = System.nanoTime();
    long deadline = start + time.toNanos();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int client = 0; client < cell.clients(); client++) {
        List<Seat> own = seatsOf(client, cell, seats);
        Actions actions = new Actions(seed + client);
        clients.add(threads.submit(() -> post(endpoint, own, actions, deadline)));
      }
      for (Future<Samples> client : clients) {
        Samples samples = client.get();
        all.ack().addAll(samples.ack());
        all.delivery().addAll(samples.delivery());
      }
    }
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    return new Outcome(all.ack().distribution(), all.delivery().distribution(), elapsed);
  }

  /** A client's own seats, or the one it shares where there are fewer seats than clients. */
  private static List<Seat> seatsOf(int client, Cell cell, List<Seat> seats) {
    List<Seat> own = new ArrayList<>();
    for (int seat = client % seats.size(); seat < seats.size(); seat += cell.clients()) {
      own.add(seats.get(seat));
    }
    return own;
  }

  private static Samples post(Endpoint endpoint, List<Seat> seats, Actions actions, long deadline)
      throws Exception {
    Samples samples = new Samples();
    try (HttpConnection connection = endpoint.connect()) {
      for (int turn = 0; System.nanoTime() < deadline; turn++) {
        Person person = seats.get(turn % seats.size()).take();
        String id = actions.nextId();
        byte[] request = person.request("POST", "/v1/tasks", actions.task(id));
        CompletableFuture<Long> delivery = person.expect(id);
        long start = System.nanoTime();
        HttpReply reply = connection.send(request);
        long acked = System.nanoTime();
        if (reply.status() != 202) {
          throw new IOException("A post got " + reply.status() + ": " + reply.text());
        }
        long delivered = person.await(delivery);
        samples.ack().add(acked - start);
        samples.delivery().add(delivered - start);
      }
    }
    return samples;
  }
}
