package dev.microcos.local.services.apigateway;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.microcos.local.services.apigateway.JwtAuthorizer.Decision;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An HTTP API: finds the route, asks its authorizer, calls its integration with a payload of format
 * 2.0. Refusals have API Gateway's form {@code {"message":"…"}}: 404 without a route, 401 without a
 * good token, 403 without the scope, 500 where the integration failed and 503 where it was not to
 * be had. Safe for use by many threads.
 */
public final class HttpApi {

  private static final Logger LOG = System.getLogger(HttpApi.class.getName());

  private final List<HttpRoute> routes;
  private final HttpEvents events;
  private final InstantSource clock;

  /** An API with these routes; their order does not matter. */
  public HttpApi(ApiAddress address, List<HttpRoute> routes, InstantSource clock) {
    this.routes = routes.stream().sorted(Comparator.comparing(HttpRoute::key)).toList();
    this.events = new HttpEvents(address, clock);
    this.clock = clock;
  }

  /** The routes, most specific first. */
  public List<HttpRoute> routes() {
    return routes;
  }

  /** What time it is for the API. */
  InstantSource clock() {
    return clock;
  }

  /** Answers one request; a failure is an answer, never an exception. */
  public FrontResponse handle(FrontRequest request) {
    String requestId = RequestIds.next(ThreadLocalRandom.current());
    return answer(request, requestId).with("apigw-requestid", requestId);
  }

  private FrontResponse answer(FrontRequest request, String requestId) {
    String path;
    try {
      path = Percent.decode(request.path());
    } catch (IllegalArgumentException e) {
      return FrontResponse.message(400, "Bad Request");
    }
    List<String> parts = RouteKey.split(path);
    for (HttpRoute route : routes) {
      Optional<Map<String, String>> variables = route.key().match(request.method(), parts);
      if (variables.isPresent()) {
        return enter(new HttpEvents.Call(request, path, route, variables.get(), requestId));
      }
    }
    return FrontResponse.message(404, "Not Found");
  }

  private FrontResponse enter(HttpEvents.Call call) {
    if (call.route().authorizer().isEmpty()) {
      return invoke(call, Optional.empty());
    }
    Decision decision =
        call.route().authorizer().get().authorize(call.request().headers().get("authorization"));
    return switch (decision) {
      case Decision.Refused(String reason) ->
          FrontResponse.message(401, "Unauthorized").with("www-authenticate", challenge(reason));
      case Decision.Granted granted ->
          hasScope(call.route(), granted)
              ? invoke(call, Optional.of(granted))
              : FrontResponse.message(403, "Forbidden")
                  .with("www-authenticate", "Bearer error=\"insufficient_scope\"");
    };
  }

  private static boolean hasScope(HttpRoute route, Decision.Granted granted) {
    return route.scopes().isEmpty() || granted.scopes().stream().anyMatch(route.scopes()::contains);
  }

  private static String challenge(String reason) {
    return reason.isEmpty()
        ? "Bearer"
        : "Bearer error=\"invalid_token\" error_description=\"" + reason + "\"";
  }

  private FrontResponse invoke(HttpEvents.Call call, Optional<Decision.Granted> token) {
    try {
      APIGatewayV2HTTPResponse response =
          call.route().integration().invoke(events.event(call, token));
      return HttpEvents.response(response);
    } catch (IntegrationUnavailable e) {
      LOG.log(Level.WARNING, "{0}: {1}", call.route().key().text(), e.getMessage());
      return FrontResponse.message(503, "Service Unavailable");
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, call.route().key().text() + " failed", e);
      return FrontResponse.message(500, "Internal Server Error");
    }
  }
}
