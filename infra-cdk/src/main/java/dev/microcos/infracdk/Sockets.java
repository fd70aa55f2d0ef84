package dev.microcos.infracdk;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Arn;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.aws_apigatewayv2_authorizers.WebSocketLambdaAuthorizer;
import software.amazon.awscdk.aws_apigatewayv2_integrations.WebSocketLambdaIntegration;
import software.amazon.awscdk.services.apigatewayv2.WebSocketApi;
import software.amazon.awscdk.services.apigatewayv2.WebSocketRouteOptions;
import software.amazon.awscdk.services.apigatewayv2.WebSocketStage;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.dynamodb.Table;
import software.constructs.Construct;

/** The WebSocket API. A socket opens with a one-use ticket; its row, like the ticket's, expires. */
final class Sockets extends Construct {
  private final WebSocketApi api;
  private final WebSocketStage stage;
  final Table connections;

  Sockets(Construct scope, Environment environment) {
    super(scope, "Sockets");
    connections =
        Tables.table(this, "Table", environment, "connections")
            .timeToLiveAttribute("expires_at")
            .build();
    api =
        WebSocketApi.Builder.create(this, "WebSocket")
            .apiName(environment.named("sockets"))
            .build();
    stage =
        WebSocketStage.Builder.create(this, "Stage")
            .webSocketApi(api)
            .stageName("ws")
            .autoDeploy(true)
            .build();
  }

  /** Adds the function behind the sockets, and the one that takes the tickets. */
  void servedBy(Wiring wiring) {
    JavaFunction authorizer =
        wiring
            .function(this, "SocketAuthorizer", "realtime", "realtime.TicketAuthorizer")
            .timeout(Duration.seconds(5))
            .build();
    wiring.allowConnections(authorizer, Access.DELETE);

    JavaFunction realtime =
        wiring
            .function(this, "Realtime", "realtime", "realtime.RealtimeHandler")
            .timeout(Duration.seconds(10))
            .build();
    wiring.allowLog(realtime, Access.GET, Access.QUERY);
    wiring.allowKeys(realtime, Access.GET, Access.PUT);
    wiring.allowConnections(realtime, Access.PUT, Access.UPDATE, Access.DELETE);
    wiring.allowPosts(realtime);
    wiring.allowInbox(realtime);
    wiring.watch().failures("sockets", messages("IntegrationError"), messages("MessageCount"));

    api.addRoute(
        "$connect",
        WebSocketRouteOptions.builder()
            .integration(new WebSocketLambdaIntegration("Connect", realtime.live))
            .authorizer(
                WebSocketLambdaAuthorizer.Builder.create("Ticket", authorizer.live)
                    .identitySource(List.of("route.request.querystring.ticket"))
                    .build())
            .build());
    for (String route : List.of("$disconnect", "$default")) {
      api.addRoute(
          route,
          WebSocketRouteOptions.builder()
              .integration(new WebSocketLambdaIntegration(route, realtime.live))
              .build());
    }
  }

  private Metric messages(String name) {
    return Metric.Builder.create()
        .namespace("AWS/ApiGateway")
        .metricName(name)
        .dimensionsMap(Map.of("ApiId", api.getApiId()))
        .statistic("Sum")
        .period(Duration.minutes(1))
        .build();
  }

  /** The host that sockets are opened at, without CloudFront before it. */
  String host() {
    return api.getApiId() + ".execute-api." + Aws.REGION + "." + Aws.URL_SUFFIX;
  }

  /** The base of {@code @connections}. */
  String endpoint() {
    return stage.getCallbackUrl();
  }

  /** Of a post to any socket; a function cannot know them before. */
  String postArn() {
    return Arn.format(
        ArnComponents.builder()
            .service("execute-api")
            .resource(api.getApiId())
            .resourceName(stage.getStageName() + "/POST/@connections/*")
            .build(),
        Stack.of(this));
  }
}
