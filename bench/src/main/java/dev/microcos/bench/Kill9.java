package dev.microcos.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The program behind {@code bench/kill9}: SIGKILL under load, again and again on the same data.
 * After each restart everything acknowledged must be in the log exactly once, without a gap; what
 * was cut off and some of the acknowledged is posted again and must not be there twice; and the
 * state's hash must be right and outlive one more kill.
 */
public final class Kill9 {
  private static final int CLIENTS = 16;
  private static final int PEOPLE = 8;
  private static final int FEWEST = 200;
  private static final int MOST = 4000;
  private static final Duration DRAIN = Duration.ofSeconds(60);

  private final Contender contender;
  private final Ports ports;
  private final Path folder;
  private final SplittableRandom random;
  private final List<Ledger> everybody = new ArrayList<>();

  private Kill9(Contender contender, Path folder, long seed) throws IOException {
    this.contender = contender;
    this.folder = folder;
    Files.createDirectory(folder.resolve("data"));
    this.random = new SplittableRandom(seed);
    this.ports = Ports.free(); // the same after each restart: the issuer's address is in the ids
  }

  /** Kills as often as the arguments say; fails at the first thing lost, doubled or changed. */
  public static void main(String[] arguments) throws Exception {
    long seed = System.currentTimeMillis();
    int times = 10;
    List<String> options = new ArrayList<>(List.of("--systems=microcos"));
    for (String argument : arguments) {
      if (argument.startsWith("--seed=")) {
        seed = Long.parseLong(argument.substring(7));
      } else if (argument.startsWith("--times=")) {
        times = Math.clamp(Long.parseLong(argument.substring(8)), 1, 1000);
      } else {
        options.add(argument);
      }
    }
    Contender contender = Options.of(options.toArray(String[]::new)).contenders().getLast();
    System.out.println("kill9 of " + contender.name() + ", seed " + seed + ", " + times + " times");
    try (DataFolder folder = DataFolder.temporary("microcos-kill9")) {
      Session.prepare(contender, folder.path());
      Kill9 kill9 = new Kill9(contender, folder.path(), seed);
      for (int time = 1; time <= times; time++) {
        System.out.println("kill " + time + ": " + kill9.once(time));
      }
      System.out.println("At the end: " + kill9.checkEverybody());
    }
  }

  private RunningServer start() throws IOException, InterruptedException {
    Path log = folder.resolve(contender.name() + ".log");
    return RunningServer.spawn(contender, ports, folder.resolve("data"), log).awaitHealthy();
  }

  private String once(int time) throws Exception {
    List<Ledger> ledgers = new ArrayList<>();
    for (int person = 0; person < PEOPLE; person++) {
      ledgers.add(new Ledger("kill-" + time + "-" + person));
    }
    everybody.addAll(ledgers);
    int after = random.nextInt(FEWEST, MOST);
    long later = random.nextLong(TimeUnit.MILLISECONDS.toNanos(20));
    try (RunningServer server = start()) {
      load(server, ledgers, after, later);
    }
    long began = System.nanoTime();
    List<String> hashes = new ArrayList<>();
    int cut = 0;
    try (RunningServer server = start()) {
      long up = System.nanoTime() - began;
      for (Ledger ledger : ledgers) {
        cut += ledger.ids(false).size();
        recover(server, ledger);
        hashes.add(state(server, ledger));
      }
      server.kill();
      try (RunningServer again = start()) {
        for (int i = 0; i < PEOPLE; i++) {
          same(hashes.get(i), state(again, ledgers.get(i)), ledgers.get(i));
        }
      }
      int posted = ledgers.stream().mapToInt(Ledger::posted).sum();
      return "%d posted, %d cut off; up again in %.2f s; all there once, hashes equal"
          .formatted(posted, cut, up / 1e9);
    }
  }

  private void load(RunningServer server, List<Ledger> ledgers, int after, long later)
      throws Exception {
    CountDownLatch untilKill = new CountDownLatch(after);
    List<Person> people = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Ledger ledger : ledgers) {
        people.add(Person.open(server.endpoint(), ledger.sub()));
      }
      List<Future<?>> clients = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        Person person = people.get(client % PEOPLE);
        Ledger ledger = ledgers.get(client % PEOPLE);
        Actions actions = new Actions(random.nextLong());
        clients.add(
            threads.submit(() -> post(server.endpoint(), person, ledger, actions, untilKill)));
      }
      boolean inTime = untilKill.await(60, TimeUnit.SECONDS);
      LockSupport.parkNanos(later);
      for (Person person : people) {
        person.check();
      }
      server.kill();
      for (Future<?> client : clients) {
        client.get();
      }
      if (!inTime) {
        throw new IOException("Not even " + after + " messages in a minute.");
      }
    } finally {
      for (Person person : people) {
        person.close();
      }
    }
  }

  /** Posts until the connection breaks, which it does by the kill. */
  private static Ledger post(
      Endpoint endpoint, Person person, Ledger ledger, Actions actions, CountDownLatch untilKill)
      throws IOException {
    try (HttpConnection connection = endpoint.connect()) {
      while (true) {
        String id = actions.nextId();
        var _ = person.expect(id);
        ledger.posting(id);
        HttpReply reply;
        try {
          reply = connection.send(person.request("POST", "/v1/tasks", actions.task(id)));
        } catch (IOException killed) {
          return ledger;
        }
        if (reply.status() != 202) {
          throw new IOException("A post got " + reply.status() + ": " + reply.text());
        }
        ledger.acknowledged(id);
        untilKill.countDown();
      }
    }
  }

  /** Waits for what was acknowledged, posts again what was not and a few that were, and checks. */
  private void recover(RunningServer server, Ledger ledger) throws Exception {
    String token = server.endpoint().token(ledger.sub());
    Actions actions = new Actions(0);
    try (HttpConnection connection = server.endpoint().connect()) {
      ledger.check(drained(server, connection, ledger, token));
      List<String> again = new ArrayList<>(ledger.ids(false));
      List<String> there = ledger.ids(true);
      again.addAll(there.subList(0, Math.min(5, there.size())));
      for (String id : again) {
        String task = actions.task(id);
        Endpoint.json(
            connection.send(
                HttpConnection.request("POST", server.endpoint().base(), "/v1/tasks", token, task)),
            202);
        ledger.acknowledged(id);
      }
      ledger.check(drained(server, connection, ledger, token));
    }
  }

  private List<Frame.Event> drained(
      RunningServer server, HttpConnection connection, Ledger ledger, String token)
      throws Exception {
    long deadline = System.nanoTime() + DRAIN.toNanos();
    while (true) {
      List<Frame.Event> log = Ledger.log(connection, server.endpoint(), token);
      long missing = ledger.missing(log);
      if (missing == 0) {
        return log;
      }
      if (System.nanoTime() > deadline) {
        throw new IOException(ledger.sub() + " lost " + missing + " acknowledged messages.");
      }
      server.letRun(Duration.ofMillis(50));
    }
  }

  /** The state's hash, computed again here, with its seq and how many tasks it has. */
  private static String state(RunningServer server, Ledger ledger) throws IOException {
    Endpoint endpoint = server.endpoint();
    String token = endpoint.token(ledger.sub());
    try (HttpConnection connection = endpoint.connect()) {
      JsonNode now = state(connection, endpoint, "/v1/state", token);
      int tasks = now.path("state").path("tasks").size();
      if (tasks != ledger.posted()) {
        throw new IOException(ledger.sub() + " has " + tasks + " tasks of " + ledger.posted());
      }
      return now.path("seq").asLong() + " " + Ledger.hash(now);
    }
  }

  private static JsonNode state(
      HttpConnection connection, Endpoint endpoint, String path, String token) throws IOException {
    byte[] request = HttpConnection.request("GET", endpoint.base(), path, token, null);
    return Endpoint.json(connection.send(request), 200);
  }

  private static void same(String before, String after, Ledger ledger) throws IOException {
    if (!before.equals(after)) {
      throw new IOException(ledger.sub() + " was at " + before + " and is now at " + after);
    }
  }

  private String checkEverybody() throws Exception {
    int posted = 0;
    try (RunningServer server = start()) {
      for (Ledger ledger : everybody) {
        String token = server.endpoint().token(ledger.sub());
        try (HttpConnection connection = server.endpoint().connect()) {
          ledger.check(drained(server, connection, ledger, token));
        }
        state(server, ledger);
        posted += ledger.posted();
      }
    }
    return "%d messages of %d people are there once.".formatted(posted, everybody.size());
  }
}
