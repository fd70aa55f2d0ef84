package dev.microcos.local.services.apigateway;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;

/** What a route of an HTTP API calls: a Lambda function with payload format 2.0. */
@FunctionalInterface
public interface HttpIntegration {

  /**
   * Answers one request.
   *
   * @throws IntegrationUnavailable if it did not answer in time or has no capacity: the caller gets
   *     503
   * @throws RuntimeException for anything else: the caller gets 500 without the reason
   */
  APIGatewayV2HTTPResponse invoke(APIGatewayV2HTTPEvent event);
}
