package dev.microcos.local.services.apigateway;

import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;

/** The Lambda REQUEST authorizer of a WebSocket API, asked once, at {@code $connect}. */
@FunctionalInterface
public interface SocketAuthorizerIntegration {

  /**
   * Answers with a policy and the context that every later event of the socket carries.
   *
   * @throws RuntimeException with the message {@code Unauthorized} for 401; any other gives 500
   */
  IamPolicyResponse authorize(APIGatewayCustomAuthorizerEvent event);
}
