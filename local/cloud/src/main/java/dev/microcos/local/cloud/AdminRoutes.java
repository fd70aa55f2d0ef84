package dev.microcos.local.cloud;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.cloud.admin.AdminAnswer;
import dev.microcos.local.cloud.admin.AdminRequest;
import dev.microcos.local.cloud.admin.AdminRoute;
import dev.microcos.local.services.apigateway.OpenConnection;
import dev.microcos.local.services.apigateway.SocketApi;
import dev.microcos.local.services.oidc.MintedToken;
import dev.microcos.local.services.oidc.OidcIssuer;
import dev.microcos.local.services.transport.Counts;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What the admin port offers.
 *
 * @param clockMoved told after each jump of the clock
 * @param down what is down now; empty if nothing is
 * @param stop ends the cloud, soon
 */
record AdminRoutes(
    OidcIssuer issuer,
    VirtualClock clock,
    Runnable clockMoved,
    SocketApi sockets,
    Counts counts,
    Switches switches,
    Supplier<List<String>> down,
    Runnable stop) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  List<AdminRoute> all() {
    return List.of(
        new AdminRoute("/health", Set.of("GET"), request -> health()),
        new AdminRoute("/_local/token", Set.of("POST"), this::token),
        new AdminRoute("/_local/clock", Set.of("GET", "POST"), this::clock),
        new AdminRoute("/_local/connections", Set.of("GET"), request -> connections()),
        new AdminRoute("/_local/counts", Set.of("GET", "DELETE"), this::counts),
        new AdminRoute("/_local/outbox", Set.of("GET"), request -> outbox()),
        new AdminRoute("/_local/faults", Set.of("GET", "PUT", "DELETE"), this::faults),
        new AdminRoute("/_local/metrics", Set.of("GET"), request -> metrics()),
        new AdminRoute("/_local/stop", Set.of("POST"), request -> stopping()));
  }

  private AdminAnswer health() {
    List<String> broken = down.get();
    ObjectNode answer = JSON.objectNode().put("status", broken.isEmpty() ? "up" : "down");
    ArrayNode list = answer.putArray("down");
    broken.forEach(list::add);
    return AdminAnswer.json(broken.isEmpty() ? 200 : 503, answer);
  }

  private AdminAnswer token(AdminRequest request) {
    requireOnly(request, Set.of("sub", "scope"));
    String scope = request.body().path("scope").asText("microcos");
    MintedToken minted = issuer.mint(text(request, "sub"), Set.of(scope.strip().split("\\s+")));
    return AdminAnswer.json(
        200,
        JSON.objectNode()
            .put("token", minted.token())
            .put("expires_at", written(minted.expiresAt())));
  }

  private AdminAnswer clock(AdminRequest request) {
    if (request.method().equals("POST")) {
      requireOnly(request, Set.of("advance", "set"));
      if (request.body().size() != 1) {
        throw new IllegalArgumentException("give either advance or set");
      }
      move(request);
      clockMoved.run();
    }
    return AdminAnswer.json(200, JSON.objectNode().put("now", written(clock.instant())));
  }

  private void move(AdminRequest request) {
    try {
      if (request.body().has("advance")) {
        clock.advance(Duration.parse(text(request, "advance")));
      } else {
        clock.set(Instant.parse(text(request, "set")));
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "advance is a duration such as PT1H, set an instant such as 2026-12-01T08:00:00.000Z", e);
    }
  }

  private AdminAnswer connections() {
    ArrayNode list = JSON.arrayNode();
    for (OpenConnection open : sockets.connections()) {
      list.addObject()
          .put("connection_id", open.connectionId())
          .put("principal", open.principal())
          .put("source_ip", open.sourceIp())
          .put("user_agent", open.userAgent())
          .put("connected_at", written(open.connectedAt()))
          .put("last_active_at", written(open.lastActiveAt()))
          .put("bytes_waiting", open.bytesWaiting());
    }
    ObjectNode answer = JSON.objectNode();
    answer.set("connections", list);
    return AdminAnswer.json(200, answer);
  }

  private AdminAnswer counts(AdminRequest request) {
    if (request.method().equals("DELETE")) {
      counts.reset();
    }
    ObjectNode answer = JSON.objectNode();
    counts
        .snapshot()
        .forEach((service, operations) -> {
          ObjectNode of = answer.putObject(service);
          operations.forEach(of::put);
        });
    return AdminAnswer.json(200, answer);
  }

  private static AdminAnswer outbox() {
    ObjectNode answer = JSON.objectNode();
    answer.putArray("mails");
    return AdminAnswer.json(200, answer);
  }

  private AdminAnswer faults(AdminRequest request) {
    switch (request.method()) {
      case "PUT" -> switches.set(request.body());
      case "DELETE" -> switches.clear();
      default -> {}
    }
    return AdminAnswer.json(200, switches.current());
  }

  private AdminAnswer metrics() {
    StringBuilder text =
        new StringBuilder(
            """
            # HELP microcos_aws_calls_total Calls of AWS services.
            # TYPE microcos_aws_calls_total counter
            """);
    counts
        .snapshot()
        .forEach((service, operations) ->
            operations.forEach((operation, count) ->
                text.append(
                    "microcos_aws_calls_total{service=\"%s\",operation=\"%s\"} %d%n"
                        .formatted(service, operation, count))));
    text.append(
        """
        # HELP microcos_open_sockets WebSocket connections open now.
        # TYPE microcos_open_sockets gauge
        microcos_open_sockets %d
        """
            .formatted(sockets.connections().size()));
    return AdminAnswer.text(PROMETHEUS, text.toString());
  }

  private AdminAnswer stopping() {
    stop.run();
    return AdminAnswer.json(202, JSON.objectNode().put("status", "stopping"));
  }

  private static String text(AdminRequest request, String field) {
    if (!request.body().path(field).isTextual()) {
      throw new IllegalArgumentException(field + " must be a text");
    }
    return request.body().path(field).asText();
  }

  private static void requireOnly(AdminRequest request, Set<String> fields) {
    request
        .body()
        .fieldNames()
        .forEachRemaining(field -> {
          if (!fields.contains(field)) {
            throw new IllegalArgumentException(
                field + " is not known; there are " + fields.stream().sorted().toList());
          }
        });
  }

  private static String written(Instant instant) {
    return MILLIS.format(instant);
  }
}
