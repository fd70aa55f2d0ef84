package dev.microcos.core.aws;

import dev.microcos.core.application.port.Connections;
import dev.microcos.core.application.port.Push;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.user.UserState;
import dev.microcos.core.wire.Frames;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;

/** Frames by {@code @connections}; a socket that is gone is struck off, any other failure noted. */
final class ApiGatewayPush implements Push {

  private static final Logger LOG = LoggerFactory.getLogger(ApiGatewayPush.class);

  /** As often as the text of an answer is written down. */
  private static final Duration PAGES_KNOWN_FOR = Duration.ofMillis(500);

  private final ApiGatewayManagementApiClient sockets;
  private final Connections connections;
  private final InstantSource clock;

  ApiGatewayPush(
      ApiGatewayManagementApiClient sockets, Connections connections, InstantSource clock) {
    this.sockets = sockets;
    this.connections = connections;
    this.clock = clock;
  }

  @Override
  public void commit(Person person, UserState from, UserState to, List<Event> events) {
    List<String> active = active(person);
    if (!active.isEmpty()) {
      toAll(person, active, Frames.commit(from, to, events));
    }
  }

  @Override
  public Tokens tokens(Person person) {
    return new Answering(person);
  }

  @Override
  public void sync(String connection, UserState from, UserState to, List<Event> events) {
    byte[] frame = from.seq() == 0 ? Frames.snapshot(to) : Frames.commit(from, to, events);
    post(connection, frame);
  }

  @Override
  public void error(String connection, String code, String detail, RequestId request) {
    post(connection, Frames.error(code, detail, request));
  }

  @Override
  public void pong(String connection) {
    post(connection, Frames.pong());
  }

  private List<String> active(Person person) {
    try {
      return connections.active(person);
    } catch (SdkException e) {
      LOG.warn("open sockets could not be read: {}", e.getClass().getSimpleName());
      return List.of();
    }
  }

  /** Whether all of them are still there. */
  private boolean toAll(Person person, List<String> active, byte[] frame) {
    boolean all = true;
    for (String connection : active) {
      if (!post(connection, frame)) {
        strike(person, connection);
        all = false;
      }
    }
    return all;
  }

  private void strike(Person person, String connection) {
    try {
      connections.close(person, connection);
    } catch (SdkException e) {
      LOG.warn("a closed socket could not be struck off: {}", e.getClass().getSimpleName());
    }
  }

  /** Whether the socket is still there, as far as one can tell. */
  private boolean post(String connection, byte[] frame) {
    try {
      sockets.postToConnection(
          post -> post.connectionId(connection).data(SdkBytes.fromByteArrayUnsafe(frame)));
      return true;
    } catch (GoneException gone) {
      return false;
    } catch (SdkException e) {
      LOG.warn("a frame could not be posted: {}", e.getClass().getSimpleName());
      return true;
    }
  }

  /**
   * The pages that one answer is shown to. Which they are is asked anew when one of them is gone,
   * and from time to time: a page that comes in the middle has the text that was written down.
   */
  private final class Answering implements Tokens {
    private final Person person;
    private List<String> active = List.of();
    private Instant askAgain = Instant.MIN;

    Answering(Person person) {
      this.person = person;
    }

    @Override
    public void show(Token token) {
      Instant now = clock.instant();
      if (!now.isBefore(askAgain)) {
        active = active(person);
        askAgain = now.plus(PAGES_KNOWN_FOR);
      }
      if (!active.isEmpty() && !toAll(person, active, Frames.token(token))) {
        askAgain = Instant.MIN;
      }
    }
  }
}
