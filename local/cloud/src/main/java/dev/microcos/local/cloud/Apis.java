package dev.microcos.local.cloud;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.microcos.local.cloud.template.Blueprint;
import dev.microcos.local.cloud.template.Place;
import dev.microcos.local.services.apigateway.ApiAddress;
import dev.microcos.local.services.apigateway.HttpApi;
import dev.microcos.local.services.apigateway.HttpIntegration;
import dev.microcos.local.services.apigateway.HttpRoute;
import dev.microcos.local.services.apigateway.IntegrationUnavailable;
import dev.microcos.local.services.apigateway.JwtAuthorizer;
import dev.microcos.local.services.apigateway.RouteKey;
import dev.microcos.local.services.apigateway.SocketApi;
import dev.microcos.local.services.apigateway.SocketApiConfiguration;
import dev.microcos.local.services.apigateway.SocketAuthorizerIntegration;
import dev.microcos.local.services.apigateway.SocketIntegration;
import dev.microcos.local.services.apigateway.TokenKeys;
import dev.microcos.local.services.lambda.InvocationFailure;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Joins the routes of the template's APIs with the functions, which may be made later. */
final class Apis {

  /** The routes of the orchestrator in its shortest form. */
  private static final Set<String> SHORT = Set.of("POST /", "GET /{run_id}");

  /** Where a person is erased. */
  private static final String ACCOUNT = "/v1/account";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Place place;
  private final Functions functions;
  private final InstantSource clock;

  Apis(Place place, Functions functions, InstantSource clock) {
    this.place = place;
    this.functions = functions;
    this.clock = clock;
  }

  /**
   * The HTTP API; tokens are checked with the keys of the local issuer.
   *
   * @param trial the token that the orchestrator's short routes take a request without one for, if
   *     that is to be tried so
   * @param erased is told the id of each person who was erased
   */
  HttpApi http(
      Blueprint.HttpApi from,
      TokenKeys keys,
      Optional<Supplier<String>> trial,
      Consumer<String> erased) {
    Map<Blueprint.Tokens, JwtAuthorizer> authorizers = new HashMap<>();
    List<HttpRoute> routes =
        from.routes().stream()
            .map(route ->
                new HttpRoute(
                    RouteKey.parse(route.key()),
                    erasing(http(route.functionArn()), erased),
                    route
                        .tokens()
                        .map(tokens ->
                            authorizers.computeIfAbsent(
                                tokens, trusted -> authorizer(trusted, keys)))
                        .map(authorizer ->
                            SHORT.contains(route.key())
                                ? trial.map(authorizer::orElse).orElse(authorizer)
                                : authorizer),
                    Set.copyOf(route.scopes())))
            .toList();
    return new HttpApi(address(from.id(), from.stage()), routes, clock);
  }

  private JwtAuthorizer authorizer(Blueprint.Tokens tokens, TokenKeys keys) {
    return new JwtAuthorizer(tokens.issuer(), Set.copyOf(tokens.audiences()), keys, clock);
  }

  /** The WebSocket API. */
  SocketApi sockets(Blueprint.SocketApi from) {
    Map<String, SocketIntegration> routes = new HashMap<>();
    from.routes().forEach((key, arn) -> routes.put(key, socket(arn)));
    Optional<SocketApiConfiguration.Authorizer> authorizer =
        from.authorizer()
            .map(each ->
                new SocketApiConfiguration.Authorizer(
                    authorizer(each.functionArn()), each.identitySources()));
    return new SocketApi(
        new SocketApiConfiguration(address(from.id(), from.stage()), routes, authorizer), clock);
  }

  private ApiAddress address(String id, String stage) {
    return new ApiAddress(
        place.account(),
        place.region(),
        id,
        stage,
        id + ".execute-api." + place.region() + ".amazonaws.com");
  }

  private HttpIntegration http(String arn) {
    return event -> {
      try {
        return functions
            .find(arn)
            .invoke(event, APIGatewayV2HTTPResponse.class)
            .orElseGet(APIGatewayV2HTTPResponse::new);
      } catch (InvocationFailure.TimedOut | InvocationFailure.Throttled e) {
        throw new IntegrationUnavailable(String.valueOf(e.getMessage()), e);
      }
    };
  }

  private static HttpIntegration erasing(HttpIntegration integration, Consumer<String> erased) {
    return event -> {
      APIGatewayV2HTTPResponse answer = integration.invoke(event);
      if (erases(event) && answer.getStatusCode() == 200) {
        erased.accept(userId(answer.getBody()));
      }
      return answer;
    };
  }

  private static boolean erases(APIGatewayV2HTTPEvent event) {
    APIGatewayV2HTTPEvent.RequestContext.Http asked = event.getRequestContext().getHttp();
    return asked.getMethod().equals("DELETE") && asked.getPath().equals(ACCOUNT);
  }

  private static String userId(String receipt) {
    try {
      return JSON.readTree(receipt).path("user_id").asText();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the receipt is no JSON", e);
    }
  }

  private SocketIntegration socket(String arn) {
    return event ->
        functions
            .find(arn)
            .invoke(event, APIGatewayV2WebSocketResponse.class)
            .orElseGet(APIGatewayV2WebSocketResponse::new);
  }

  private SocketAuthorizerIntegration authorizer(String arn) {
    return event ->
        functions
            .find(arn)
            .invoke(event, IamPolicyResponse.class)
            .orElseThrow(() -> new IllegalStateException("the authorizer gave no policy"));
  }
}
