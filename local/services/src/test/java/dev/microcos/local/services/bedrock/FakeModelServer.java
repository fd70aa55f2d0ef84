package dev.microcos.local.services.bedrock;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** A server that speaks chat completions as told by a test. */
final class FakeModelServer implements AutoCloseable {

  /** What the server was asked, oldest first. */
  final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

  /** The authorization headers of the requests. */
  final BlockingQueue<String> keys = new LinkedBlockingQueue<>();

  /** Opens when the client hung up on an endless answer. */
  final CountDownLatch hungUp = new CountDownLatch(1);

  private final HttpServer server;
  private volatile Answer answer = exchange -> send(exchange, 500, "{}", Map.of());
  private volatile int modelsStatus = 200;
  private volatile String models = "{\"data\":[]}";

  FakeModelServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/models", exchange -> send(exchange, modelsStatus, models, Map.of()));
    server.createContext(
        "/v1/chat/completions",
        exchange -> {
          String key = exchange.getRequestHeaders().getFirst("authorization");
          keys.add(key == null ? "" : key);
          asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          answer.to(exchange);
        });
    server.start();
  }

  /** How the server answers. */
  @FunctionalInterface
  interface Answer {
    /** Answers one request. */
    void to(HttpExchange exchange) throws IOException;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  void lists(String json) {
    models = json;
  }

  void doesNotListModels() {
    modelsStatus = 404;
    models = "<h1>404 Not Found</h1>";
  }

  void answers(int status, String json) {
    answer = exchange -> send(exchange, status, json, Map.of());
  }

  void answers(int status, String json, Map<String, String> headers) {
    answer = exchange -> send(exchange, status, json, headers);
  }

  /** Streams these chunks as events, and then hangs up. */
  void streams(String... chunks) {
    answer =
        exchange -> {
          try (exchange;
              OutputStream out = begin(exchange)) {
            for (String chunk : chunks) {
              event(out, chunk);
            }
          }
        };
  }

  /** Streams the chunk again and again until the client hangs up. */
  void streamsForever(String chunk) {
    answer =
        exchange -> {
          try (exchange;
              OutputStream out = begin(exchange)) {
            while (true) {
              event(out, chunk);
            }
          } catch (IOException gone) {
            hungUp.countDown();
          }
        };
  }

  private static OutputStream begin(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("content-type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    return exchange.getResponseBody();
  }

  private static void event(OutputStream out, String data) throws IOException {
    out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void send(
      HttpExchange exchange, int status, String json, Map<String, String> headers)
      throws IOException {
    try (exchange) {
      headers.forEach(exchange.getResponseHeaders()::set);
      byte[] body = json.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
