package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A model behind the OpenAI wire that talks until nobody listens, and notices when that is so: the
 * other end has closed the connection.
 */
final class EndlessModel implements AutoCloseable {

  private static final String PIECE =
      "data:"
          + " {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"model\":\"endless\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"and"
          + " \"},\"finish_reason\":null}]}\n\n";
  private static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore asked = new Semaphore(0);
  private final Semaphore left = new Semaphore(0);
  private volatile boolean closed;

  /** Listens on a free loopback port. */
  EndlessModel() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.setExecutor(threads);
    server.createContext("/v1/chat/completions", this::talk);
    server.start();
  }

  /** What {@code MICROCOS_MODEL_URL} is to be. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** Returns when so many more calls have begun. */
  void awaitAsked(int calls) throws InterruptedException {
    assertThat(asked.tryAcquire(calls, 60, TimeUnit.SECONDS)).as("the model is asked").isTrue();
  }

  /** Returns when so many more calls were left by who had asked. */
  void awaitLeft(int calls) throws InterruptedException {
    assertThat(left.tryAcquire(calls, 60, TimeUnit.SECONDS)).as("the model is left").isTrue();
  }

  private void talk(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] _ = exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      asked.release();
      while (!closed) {
        out.write(PIECE.getBytes(StandardCharsets.UTF_8));
        out.flush();
        LockSupport.parkNanos(GAP_NANOS);
      }
    } catch (IOException gone) {
      left.release();
    }
  }

  @Override
  public void close() {
    closed = true;
    server.stop(0);
    threads.shutdownNow();
  }
}
