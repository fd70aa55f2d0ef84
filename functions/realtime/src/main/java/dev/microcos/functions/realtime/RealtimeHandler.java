package dev.microcos.functions.realtime;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import dev.microcos.core.application.port.Connections;
import dev.microcos.core.aws.Adapters;
import dev.microcos.core.aws.Host;
import dev.microcos.core.aws.Telemetry;
import dev.microcos.core.domain.id.Person;

/** What happens on sockets: they open, they close, their page says something. */
public final class RealtimeHandler
    implements RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> {

  private final Host host;
  private final Telemetry telemetry;
  private final Connections connections;
  private final Actions actions;

  /** As Lambda makes it. */
  public RealtimeHandler() {
    this(Host.lambda());
  }

  public RealtimeHandler(Host host) {
    Adapters adapters = new Adapters(host);
    this.host = host;
    this.telemetry = new Telemetry(host);
    this.connections = adapters.connections();
    this.actions = Actions.of(host, adapters);
  }

  @Override
  public APIGatewayV2WebSocketResponse handleRequest(
      APIGatewayV2WebSocketEvent event, Context context) {
    return telemetry.invocation(
        context,
        () -> {
          handle(event);
          APIGatewayV2WebSocketResponse response = new APIGatewayV2WebSocketResponse();
          response.setStatusCode(200);
          return response;
        });
  }

  private void handle(APIGatewayV2WebSocketEvent event) {
    Person person = SocketContext.person(event);
    String connection = event.getRequestContext().getConnectionId();
    switch (event.getRequestContext().getRouteKey()) {
      case "$connect" -> connections.open(person, connection, host.clock().instant());
      case "$disconnect" -> connections.close(person, connection);
      default -> actions.take(person, connection, event);
    }
  }
}
