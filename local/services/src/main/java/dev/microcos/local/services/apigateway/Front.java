package dev.microcos.local.services.apigateway;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The one port that browsers and clients call: page, HTTP API, WebSocket API and sign-in. Jetty's
 * core without servlets serves it, every request on a virtual thread of its own.
 */
public final class Front implements AutoCloseable {

  private static final Duration SOCKETS_DRAIN = Duration.ofSeconds(2);
  private static final long STOP_MILLIS = 2_000;
  private static final int PLATFORM_THREADS = 8;

  /** API Gateway takes 10,240 bytes of request line and headers. */
  private static final int LARGEST_HEADERS = 10_240;

  private static final Duration KEEP_ALIVE = Duration.ofSeconds(350);

  private final FrontConfiguration configuration;
  private final Server server;
  private final ServerConnector connector;
  private final CountDownLatch closing = new CountDownLatch(1);

  private Front(FrontConfiguration configuration) {
    this.configuration = configuration;
    QueuedThreadPool threads = new QueuedThreadPool(PLATFORM_THREADS, 2);
    threads.setName("front");
    threads.setDaemon(true);
    threads.setReservedThreads(0);
    threads.setVirtualThreadsExecutor(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("front-", 0).factory()));
    server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(LARGEST_HEADERS);
    http.setUriCompliance(
        UriCompliance.UNSAFE); // paths are ours to judge: AWS takes %2F and all else
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(configuration.host());
    connector.setPort(configuration.port());
    connector.setIdleTimeout(KEEP_ALIVE.toMillis());
    connector.setAcceptedTcpNoDelay(true);
    server.addConnector(connector);
    server.setErrorHandler(new FrontErrors());
    server.setHandler(new FrontHandler(configuration, server, closing));
    server.setStopAtShutdown(false);
    server.setStopTimeout(STOP_MILLIS);
  }

  /**
   * Opens the port.
   *
   * @throws IOException if it is taken or may not be bound
   */
  public static Front start(FrontConfiguration configuration) throws IOException {
    Front front = new Front(configuration);
    try {
      front.server.start();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("the front did not start", e);
    }
    configuration
        .sockets()
        .ifPresent(
            sockets -> Thread.ofVirtual().name("socket-expiry").start(() -> front.expire(sockets)));
    return front;
  }

  /** The port that it listens on. */
  public int port() {
    return connector.getLocalPort();
  }

  private void expire(SocketApi sockets) {
    try {
      while (!closing.await(1, TimeUnit.SECONDS)) {
        sockets.expire();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Closes all sockets with 1012, ends all streams of events, lets running requests end within two
   * seconds, and frees the port.
   */
  @Override
  public void close() {
    closing.countDown();
    configuration.sockets().ifPresent(sockets -> sockets.close(SOCKETS_DRAIN));
    try {
      server.stop();
    } catch (Exception e) {
      System.getLogger(Front.class.getName())
          .log(System.Logger.Level.WARNING, "the front did not stop cleanly", e);
    }
  }
}
