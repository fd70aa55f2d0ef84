package dev.microcos.local.cloud.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Serves the admin routes on 127.0.0.1. */
public final class AdminServer implements AutoCloseable {
  private static final int MOST_BODY_BYTES = 1 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, AdminRoute> routes = new TreeMap<>();

  private AdminServer(HttpServer server, List<AdminRoute> routes) {
    this.server = server;
    routes.forEach(route -> this.routes.put(route.path(), route));
    server.setExecutor(threads);
    server.createContext("/", this::exchange);
  }

  /**
   * Opens the port.
   *
   * @throws IOException if it is taken
   */
  public static AdminServer start(int port, List<AdminRoute> routes) throws IOException {
    InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    AdminServer admin =
        new AdminServer(HttpServer.create(new InetSocketAddress(here, port), 0), routes);
    admin.server.start();
    return admin;
  }

  /** The port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }

  private void exchange(HttpExchange exchange) throws IOException {
    try (exchange) {
      AdminAnswer answer = answer(exchange);
      exchange.getResponseHeaders().set("content-type", answer.contentType());
      exchange.getResponseHeaders().set("cache-control", "no-store");
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(
          answer.status(), head || answer.body().length == 0 ? -1 : answer.body().length);
      if (!head) {
        exchange.getResponseBody().write(answer.body());
      }
    }
  }

  private AdminAnswer answer(HttpExchange exchange) throws IOException {
    if (!isHere(exchange.getRequestHeaders().getFirst("host"))) {
      return AdminAnswer.problem(403, "Forbidden", "the Host is not this machine");
    }
    String origin = exchange.getRequestHeaders().getFirst("origin");
    if (origin != null && !isOwn(origin)) {
      return AdminAnswer.problem(403, "Forbidden", "pages of another origin are refused");
    }
    AdminRoute route = routes.get(exchange.getRequestURI().getPath());
    if (route == null) {
      return AdminAnswer.problem(404, "Not Found", "there are " + routes.keySet());
    }
    String method = exchange.getRequestMethod();
    if (!route.methods().contains(method)) {
      return AdminAnswer.problem(405, "Method Not Allowed", "this route takes " + route.methods());
    }
    return answer(route, exchange, method);
  }

  private static AdminAnswer answer(AdminRoute route, HttpExchange exchange, String method)
      throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MOST_BODY_BYTES + 1);
    if (body.length > MOST_BODY_BYTES) {
      return AdminAnswer.problem(413, "Content Too Large", "a body has at most 1 MiB");
    }
    boolean writes = Set.of("POST", "PUT").contains(method);
    if (writes && !isJson(exchange.getRequestHeaders().getFirst("content-type"))) {
      return AdminAnswer.problem(
          415, "Unsupported Media Type", "send content-type: application/json");
    }
    try {
      return route.answer().apply(new AdminRequest(method, object(body)));
    } catch (IllegalArgumentException e) {
      return AdminAnswer.problem(400, "Bad Request", String.valueOf(e.getMessage()));
    }
  }

  private static ObjectNode object(byte[] body) throws IOException {
    if (body.length == 0) {
      return JsonNodeFactory.instance.objectNode();
    }
    try {
      JsonNode read = JSON.readTree(body);
      if (read instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the body is not JSON", e);
    }
    throw new IllegalArgumentException("the body must be a JSON object");
  }

  private boolean isOwn(String origin) {
    return origin.equals("http://127.0.0.1:" + port())
        || origin.equals("http://localhost:" + port());
  }

  private static boolean isHere(@Nullable String host) {
    String name = host == null ? "" : host.replaceFirst(":\\d+$", "");
    return name.equals("127.0.0.1") || name.equals("localhost") || name.equals("[::1]");
  }

  private static boolean isJson(@Nullable String contentType) {
    return contentType != null
        && contentType.toLowerCase(java.util.Locale.ROOT).matches("application/json\\s*(;.*)?");
  }
}
