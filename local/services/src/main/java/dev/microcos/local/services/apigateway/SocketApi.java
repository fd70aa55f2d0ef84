package dev.microcos.local.services.apigateway;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import dev.microcos.local.services.apigateway.SocketConnection.Post;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.websocket.core.CloseStatus;

/**
 * A WebSocket API: who may connect, which integration gets a message, which sockets are open. The
 * front brings it upgrades; {@link ConnectionsService} posts through it. Safe for use by many
 * threads.
 */
public final class SocketApi {

  /**
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
   */
  static final Duration LONGEST_IDLE = Duration.ofMinutes(10);

  static final Duration LONGEST_LIFE = Duration.ofHours(2);

  private static final Logger LOG = System.getLogger(SocketApi.class.getName());
  private static final String CONNECT = "$connect";
  private static final String DISCONNECT = "$disconnect";

  private final SocketApiConfiguration configuration;
  private final InstantSource clock;
  private final SocketEvents events;
  private final SocketAdmission admission;
  private final RouteSelection selection;
  private final Map<String, SocketConnection> open = new ConcurrentHashMap<>();
  private final Set<Thread> leaving = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** An API without sockets yet. */
  public SocketApi(SocketApiConfiguration configuration, InstantSource clock) {
    this.configuration = configuration;
    this.clock = clock;
    this.events = new SocketEvents(configuration.address(), clock);
    this.admission = new SocketAdmission(configuration, events);
    this.selection = new RouteSelection(configuration.routes().keySet());
  }

  /** What came of a wish to connect. */
  sealed interface Admission {
    /**
     * The socket may open; {@code protocol} is the subprotocol that {@code $connect} chose, or
     * empty.
     */
    record Granted(SocketConnection connection, String protocol) implements Admission {}

    /** The upgrade is answered with this instead. */
    record Refused(FrontResponse response) implements Admission {}
  }

  /** Asks the authorizer and then {@code $connect}. */
  Admission connect(FrontRequest request) {
    if (closed) {
      return new Admission.Refused(FrontResponse.message(503, "Service Unavailable"));
    }
    Instant now = clock.instant();
    SocketPeer peer = SocketPeer.of(request, now);
    return switch (admission.authorize(request, peer)) {
      case SocketAdmission.Verdict.Denied(FrontResponse response) ->
          new Admission.Refused(response);
      case SocketAdmission.Verdict.Allowed(SocketPeer known) -> enter(request, known);
    };
  }

  private Admission enter(FrontRequest request, SocketPeer peer) {
    SocketIntegration integration = configuration.routes().get(CONNECT);
    if (integration == null) {
      return new Admission.Granted(new SocketConnection(this, peer), "");
    }
    try {
      APIGatewayV2WebSocketResponse response = integration.invoke(events.connect(request, peer));
      int status = response.getStatusCode();
      if (status < 200 || status > 299) {
        return new Admission.Refused(
            FrontResponse.message(status < 300 ? 500 : status, SocketAdmission.reason(status)));
      }
      return new Admission.Granted(
          new SocketConnection(this, peer), SocketEvents.protocol(response));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, CONNECT + " failed", e);
      return new Admission.Refused(FrontResponse.message(500, "Internal server error"));
    }
  }

  /** The upgrade was sent: from now on the socket can be posted to. */
  void opened(SocketConnection connection) {
    open.put(connection.peer().connectionId(), connection);
    if (closed) {
      connection.close(CloseStatus.SERVICE_RESTART, "");
    }
  }

  /**
   * A whole message came in; the thread is the socket's, so the next one waits for this one's
   * integration.
   */
  void message(SocketConnection connection, String body, boolean base64) {
    String key = base64 ? RouteSelection.DEFAULT : selection.select(body);
    SocketIntegration integration = configuration.routes().get(key);
    String requestId = events.newRequestId();
    if (integration == null) {
      connection.send(error("Forbidden", connection, requestId));
      return;
    }
    try {
      integration.invoke(events.message(connection.peer(), key, body, base64, requestId));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, key + " failed", e);
      connection.send(error("Internal server error", connection, requestId));
    }
  }

  private static byte[] error(String message, SocketConnection connection, String requestId) {
    String id = connection.peer().connectionId();
    String text =
        "{\"message\": \"%s\", \"connectionId\":\"%s\", \"requestId\":\"%s\"}"
            .formatted(message, id, requestId);
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The socket is gone, or never opened after {@code $connect} had let it in. */
  void left(SocketConnection connection) {
    open.remove(connection.peer().connectionId(), connection);
    SocketIntegration integration = configuration.routes().get(DISCONNECT);
    if (integration != null) {
      Thread thread =
          Thread.ofVirtual()
              .name("disconnect")
              .unstarted(() -> disconnect(integration, events.disconnect(connection.peer())));
      leaving.add(thread);
      thread.start();
    }
  }

  private void disconnect(SocketIntegration integration, APIGatewayV2WebSocketEvent event) {
    try {
      integration.invoke(event);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, DISCONNECT + " failed", e);
    } finally {
      leaving.remove(Thread.currentThread());
    }
  }

  /** Sends one message to a socket, or says why not; never waits for the client. */
  Post post(String connectionId, byte[] data) {
    SocketConnection connection = open.get(connectionId);
    return connection == null ? Post.GONE : connection.send(data);
  }

  /** The open socket with this id. */
  Optional<SocketConnection> find(String connectionId) {
    return Optional.ofNullable(open.get(connectionId));
  }

  /** The sockets that are open now. */
  public List<OpenConnection> connections() {
    return open.values().stream().map(SocketConnection::view).toList();
  }

  /** Closes sockets idle for ten minutes or open for two hours. The front calls it each second. */
  public void expire() {
    Instant now = clock.instant();
    for (SocketConnection connection : open.values()) {
      boolean idle = !connection.lastActiveAt().plus(LONGEST_IDLE).isAfter(now);
      boolean old = !connection.peer().connectedAt().plus(LONGEST_LIFE).isAfter(now);
      if (idle || old) {
        connection.close(CloseStatus.SHUTDOWN, "Going away");
      }
    }
  }

  /**
   * Admits no more sockets, closes all with 1012 (service restart) and waits for their {@code
   * $disconnect} up to the limit.
   */
  public void close(Duration limit) {
    closed = true;
    open.values().forEach(connection -> connection.close(CloseStatus.SERVICE_RESTART, ""));
    long end = System.nanoTime() + limit.toNanos();
    try {
      while (!open.isEmpty() && end - System.nanoTime() > 0) {
        SocketConnection some = open.values().stream().findFirst().orElse(null);
        if (some != null && !some.awaitClosed(Duration.ofNanos(end - System.nanoTime()))) {
          break;
        }
      }
      for (Thread thread : leaving) {
        if (!thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  Instant now() {
    return clock.instant();
  }
}
