package dev.microcos.bench.workflows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Restate's server with its data on the disk, and the service of {@code peers/restate} beside it.
 */
final class RestateServer implements WorkflowEngine {

  private static final Path PEER = Path.of("bench/peers/restate").toAbsolutePath();
  private static final Duration UP = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Process> processes = new ArrayList<>();
  private final String ingress;

  RestateServer(Path folder) throws IOException, InterruptedException {
    int service = freePort();
    int admin = freePort();
    int open = freePort();
    ingress = "http://127.0.0.1:" + open + "/Bench/";
    Path config = folder.resolve("restate.toml");
    Files.writeString(
        config,
        """
        disable-telemetry = true
        listen-mode = "tcp"
        bind-ip = "127.0.0.1"
        bind-port = %d
        base-dir = "%s"
        node-name = "bench"
        log-filter = "warn"
        [admin]
        bind-port = %d
        [ingress]
        bind-port = %d
        """
            .formatted(freePort(), folder.resolve("restate"), admin, open));
    spawn(folder.resolve("service.log"), "node", "serve.mjs", Integer.toString(service));
    spawn(
        folder.resolve("server.log"),
        "node_modules/.bin/restate-server",
        "--config-file",
        config.toString(),
        "--no-logo");
    String deployments = "http://127.0.0.1:" + admin + "/deployments";
    awaitAccepted(deployments, "{\"uri\": \"http://127.0.0.1:" + service + "\"}");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void spawn(Path log, String... command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(PEER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(Map.of("NODE_ENV", "production", "DO_NOT_TRACK", "1"));
    processes.add(builder.start());
  }

  /** Registers the service; both processes may be still on their way. */
  private void awaitAccepted(String url, String body) throws IOException, InterruptedException {
    long end = System.nanoTime() + UP.toNanos();
    while (true) {
      try {
        HttpResponse<String> answer = http.send(request(url, body), BodyHandlers.ofString());
        if (answer.statusCode() / 100 == 2) {
          return;
        }
      } catch (IOException notYet) {
        if (System.nanoTime() > end) {
          throw notYet;
        }
      }
      if (System.nanoTime() > end) {
        throw new IOException("Restate does not take the service");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  private static HttpRequest request(String url, String body) {
    return HttpRequest.newBuilder(URI.create(url))
        .header("content-type", "application/json")
        .POST(body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
        .build();
  }

  private CompletableFuture<Integer> call(String handler) {
    return http.sendAsync(request(ingress + handler, ""), BodyHandlers.ofString())
        .thenApply(answer -> Integer.parseInt(answer.body().strip()));
  }

  @Override
  public CompletableFuture<Integer> steps(String id) {
    return call("steps");
  }

  @Override
  public CompletableFuture<Integer> branches(String id) {
    return call("branches");
  }

  @Override
  public void close() {
    for (Process process : processes) {
      List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
      all.add(process.toHandle());
      all.forEach(ProcessHandle::destroyForcibly);
    }
    for (Process process : processes) {
      Process _ = process.onExit().join();
    }
    http.close();
  }
}
