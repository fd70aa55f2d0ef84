package dev.microcos.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * A model behind the OpenAI wire that gives every delta of its streamed answers a number of its
 * own, 60 of them a second, and remembers when it let each go: so the way from the model's delta to
 * the token frame can be measured.
 */
final class StampedModel implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern MARK = Pattern.compile("\\d+:\\d+");
  private static final int DELTAS = 120;
  private static final long GAP_NANOS = TimeUnit.SECONDS.toNanos(1) / 60;

  private final HttpServer server =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Long> told = new ConcurrentHashMap<>();
  private final AtomicInteger answers = new AtomicInteger();

  /** Listens on a free loopback port. */
  StampedModel() throws IOException {
    server.setExecutor(threads);
    server.createContext("/v1/chat/completions", this::answer);
    server.start();
  }

  /** What {@code MICROCOS_MODEL_URL} is to be. */
  URI url() {
    return Contender.loopback(server.getAddress().getPort()).resolve("/v1");
  }

  /** The {@link System#nanoTime} at which each of our deltas in this text went out. */
  LongStream toldAt(String text) {
    return MARK.matcher(text)
        .results()
        .map(mark -> told.get(mark.group()))
        .filter(Objects::nonNull)
        .mapToLong(Long::longValue);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = JSON.readTree(exchange.getRequestBody());
      if (request.path("stream").asBoolean()) {
        stream(exchange);
      } else {
        byte[] body =
            ("{\"id\":\"1\",\"object\":\"chat.completion\",\"model\":\"stamped\",\"choices\":[{"
                    + "\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\","
                    + "\"content\":\"Nothing to do.\"}}],\"usage\":{\"prompt_tokens\":1,"
                    + "\"completion_tokens\":1,\"total_tokens\":2}}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }

  private void stream(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    int answer = answers.incrementAndGet();
    long begin = System.nanoTime();
    for (int delta = 0; delta < DELTAS; delta++) {
      LockSupport.parkNanos(begin + delta * GAP_NANOS - System.nanoTime());
      String mark = answer + ":" + delta;
      told.put(mark, System.nanoTime());
      tell(out, "{\"content\":\"%s \"}".formatted(mark), "null");
    }
    tell(out, "{}", "\"stop\"");
    data(
        out,
        "{\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"model\":\"stamped\",\"choices\":[],"
            + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":120,\"total_tokens\":121}}");
    data(out, "[DONE]");
  }

  private static void tell(OutputStream out, String delta, String finish) throws IOException {
    data(
        out,
        "{\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"model\":\"stamped\",\"choices\":[{"
            + "\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}".formatted(delta, finish));
  }

  private static void data(OutputStream out, String json) throws IOException {
    out.write(("data: " + json + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
