package dev.microcos.local.services.transport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The services of the local cloud on a loopback port, for boto3, the AWS command and everything
 * else that speaks to AWS. Any credentials will do. It refuses what a web page could send: a
 * request with an Origin, or for a host that is not this machine.
 */
public final class AwsServer implements AutoCloseable {

  /** DynamoDB's limit for a whole request, the largest of the services here. */
  private static final int MAX_BODY_BYTES = 16 * 1024 * 1024;

  private final HttpServer server;
  private final ExecutorService threads;
  private final Router router;

  private AwsServer(HttpServer server, ExecutorService threads, Router router) {
    this.server = server;
    this.threads = threads;
    this.router = router;
  }

  /**
   * Starts to listen on 127.0.0.1.
   *
   * @param port the port, or 0 for any free one
   * @throws IOException if the port is taken
   */
  public static AwsServer start(Router router, int port) throws IOException {
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    HttpServer http = HttpServer.create(address, 0);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    AwsServer server = new AwsServer(http, threads, router);
    http.setExecutor(threads);
    http.createContext("/", server::exchange);
    http.start();
    return server;
  }

  /** The port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Stops at once; calls under way are cut. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void exchange(HttpExchange exchange) throws IOException {
    AwsRequest request = request(exchange);
    AwsResponse response =
        isForeign(request)
            ? refused(403, "Requests of web pages are refused.")
            : request.body().length > MAX_BODY_BYTES
                ? refused(413, "The request is larger than 16 MB.")
                : router.handle(request);
    send(exchange, response);
    // Not closed after a failure: the server then cuts the connection, and a cut stream does not
    // look like a complete one.
    exchange.close();
  }

  private static AwsRequest request(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    String query = exchange.getRequestURI().getRawQuery();
    return new AwsRequest(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getRawPath(),
        query == null ? "" : query,
        headers,
        exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1));
  }

  private static boolean isForeign(AwsRequest request) {
    String host = request.headers().getOrDefault("host", "").replaceFirst(":\\d+$", "");
    boolean here =
        host.equals("127.0.0.1")
            || host.equals("localhost")
            || host.equals("[::1]")
            || host.endsWith(".localhost");
    return !here || request.headers().containsKey("origin");
  }

  private static AwsResponse refused(int status, String message) {
    String body = "{\"__type\":\"AccessDeniedException\",\"message\":\"" + message + "\"}";
    return AwsResponse.json(status, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, AwsResponse response) throws IOException {
    response.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    switch (response.body()) {
      case AwsResponse.Body.Bytes(byte[] bytes) -> {
        exchange.sendResponseHeaders(response.status(), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
          exchange.getResponseBody().write(bytes);
        }
      }
      case AwsResponse.Body.Stream(AwsResponse.Writer writer) -> {
        exchange.sendResponseHeaders(response.status(), 0);
        OutputStream out = exchange.getResponseBody();
        writer.writeTo(out);
        out.flush();
      }
    }
  }
}
