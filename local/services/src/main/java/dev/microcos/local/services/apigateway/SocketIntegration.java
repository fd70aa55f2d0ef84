package dev.microcos.local.services.apigateway;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;

/** What a route of a WebSocket API calls: {@code $connect}, {@code $disconnect} or a message's. */
@FunctionalInterface
public interface SocketIntegration {

  /**
   * Handles one event; only {@code $connect} looks at the answer, where a status outside 200-299
   * refuses the upgrade.
   *
   * @throws RuntimeException if it fails: {@code $connect} is refused, a message is answered with
   *     an error frame
   */
  APIGatewayV2WebSocketResponse invoke(APIGatewayV2WebSocketEvent event);
}
