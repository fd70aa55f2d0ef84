package dev.microcos.core.aws;

import dev.microcos.core.application.port.RunPush;
import dev.microcos.core.application.port.Watching;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.wire.Frames;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;

/** Frames of runs by {@code @connections}, to the sockets that watch the run. */
final class ApiGatewayRunPush implements RunPush {

  private static final Logger LOG = LoggerFactory.getLogger(ApiGatewayRunPush.class);

  private final ApiGatewayManagementApiClient sockets;
  private final Watching watching;

  ApiGatewayRunPush(ApiGatewayManagementApiClient sockets, Watching watching) {
    this.sockets = sockets;
    this.watching = watching;
  }

  @Override
  public void commit(RunState from, RunState to, List<Event> events) {
    if (!to.isThere()) {
      return;
    }
    Person person = to.subject().person();
    RunId run = to.subject().run();
    try {
      List<String> connections = watching.watching(person, run);
      if (connections.isEmpty()) {
        return;
      }
      byte[] frame = Frames.run(from, to, events);
      for (String connection : connections) {
        if (!post(connection, frame)) {
          watching.unwatch(person, connection, run);
        }
      }
    } catch (SdkException e) {
      LOG.warn("the sockets that watch a run could not be told: {}", e.getClass().getSimpleName());
    }
  }

  @Override
  public void sync(String connection, RunState from, RunState to, List<Event> events) {
    post(connection, Frames.run(from, to, events));
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
      LOG.warn("a frame of a run could not be posted: {}", e.getClass().getSimpleName());
      return true;
    }
  }
}
