package dev.microcos.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A model behind the OpenAI wire that talks until nobody listens. It speaks every two milliseconds,
 * so it notices about that late that a call was left.
 */
final class TalkingModel implements AutoCloseable {
  private static final byte[] PIECE =
      ("data:"
           + " {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"model\":\"talking\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"and"
           + " \"},\"finish_reason\":null}]}\n\n")
          .getBytes(StandardCharsets.UTF_8);
  private static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final HttpServer server =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<Long> asked = new LinkedBlockingQueue<>();
  private final BlockingQueue<Long> left = new LinkedBlockingQueue<>();

  /** Listens on a free loopback port. */
  TalkingModel() throws IOException {
    server.setExecutor(threads);
    server.createContext("/v1/chat/completions", this::talk);
    server.start();
  }

  /** What {@code MICROCOS_MODEL_URL} is to be. */
  URI url() {
    return Contender.loopback(server.getAddress().getPort()).resolve("/v1");
  }

  /** The {@link System#nanoTime} at which the next call began to be answered. */
  long asked() throws IOException, InterruptedException {
    return next(asked, "asked");
  }

  /** The {@link System#nanoTime} at which the next call was found left. */
  long left() throws IOException, InterruptedException {
    return next(left, "left");
  }

  private static long next(BlockingQueue<Long> times, String what)
      throws IOException, InterruptedException {
    Long time = times.poll(1, TimeUnit.MINUTES);
    if (time == null) {
      throw new IOException("The model was not " + what + " within a minute.");
    }
    return time;
  }

  private void talk(HttpExchange exchange) {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      asked.add(System.nanoTime());
      while (!Thread.currentThread().isInterrupted()) {
        out.write(PIECE);
        out.flush();
        LockSupport.parkNanos(GAP_NANOS);
      }
    } catch (IOException gone) {
      left.add(System.nanoTime());
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
