package dev.microcos.infracdk;

import java.util.List;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.aws_apigatewayv2_authorizers.HttpJwtAuthorizer;
import software.amazon.awscdk.aws_apigatewayv2_integrations.HttpLambdaIntegration;
import software.amazon.awscdk.services.apigatewayv2.AddRoutesOptions;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.HttpMethod;
import software.amazon.awscdk.services.apigatewayv2.HttpStage;
import software.amazon.awscdk.services.apigatewayv2.ThrottleSettings;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * The HTTP API: every call carries a token with the scope {@code microcos}, but for the health and
 * for webhooks, which are signed.
 */
final class Api extends Construct {
  /** Ids and numbers of a call; no address, no query, nothing of whom it is about. */
  private static final String CALL =
      "{\"request_id\":\"$context.requestId\",\"time\":\"$context.requestTime\","
          + "\"route\":\"$context.routeKey\",\"status\":\"$context.status\","
          + "\"millis\":\"$context.responseLatency\",\"bytes\":\"$context.responseLength\","
          + "\"function_millis\":\"$context.integrationLatency\","
          + "\"refused\":\"$context.authorizer.error\"}";

  private final Environment environment;
  private final HttpApi api;

  Api(Construct scope, Environment environment) {
    super(scope, "Api");
    this.environment = environment;
    api =
        HttpApi.Builder.create(this, "Http")
            .apiName(environment.named("api"))
            .createDefaultStage(false)
            .build();
    stage();
  }

  /** Adds the function behind the routes; a token needs this issuer, audience and scope. */
  void servedBy(Wiring wiring, String issuer, String audience, String scope) {
    JavaFunction ingress =
        wiring
            .function(this, "Ingress", "ingress", "ingress.IngressHandler")
            .timeout(Duration.seconds(10))
            .build();
    wiring.allowLog(ingress, Access.GET, Access.QUERY, Access.DELETE);
    wiring.allowArchive(ingress, Access.QUERY, Access.DELETE);
    wiring.allowKeys(ingress, Access.GET, Access.PUT, Access.UPDATE);
    wiring.allowOperations(ingress, Access.GET, Access.QUERY, Access.DELETE);
    wiring.allowConnections(ingress, Access.PUT, Access.QUERY, Access.DELETE);
    wiring.allowInbox(ingress);
    wiring.allowHealth(ingress);
    wiring.allowWebhookSecrets(ingress);
    wiring.workflows().allowEnding(ingress);

    HttpLambdaIntegration integration = new HttpLambdaIntegration("Ingress", ingress.live);
    HttpJwtAuthorizer authorizer =
        HttpJwtAuthorizer.Builder.create("Authorizer", issuer)
            .jwtAudience(List.of(audience))
            .build();
    for (AddRoutesOptions.Builder route :
        List.of(
            route("/v1/{proxy+}", HttpMethod.ANY, integration),
            route("/", HttpMethod.POST, integration),
            route("/{run_id}", HttpMethod.GET, integration))) {
      api.addRoutes(route.authorizer(authorizer).authorizationScopes(List.of(scope)).build());
    }
    // Who calls these has no token: load checks, and others' servers, which sign what they send.
    api.addRoutes(route("/health", HttpMethod.GET, integration).build());
    api.addRoutes(route("/v1/webhooks/{name}", HttpMethod.POST, integration).build());
    wiring
        .watch()
        .failures(
            "api", api.metricServerError(Alarms.each("Sum")), api.metricCount(Alarms.each("Sum")));
  }

  private static AddRoutesOptions.Builder route(
      String path, HttpMethod method, HttpLambdaIntegration integration) {
    return AddRoutesOptions.builder().path(path).methods(List.of(method)).integration(integration);
  }

  private void stage() {
    HttpStage stage =
        HttpStage.Builder.create(this, "Stage")
            .httpApi(api)
            .stageName("$default")
            .autoDeploy(true)
            .throttle(
                ThrottleSettings.builder()
                    .rateLimit(environment.requestsPerSecond())
                    .burstLimit(2 * environment.requestsPerSecond())
                    .build())
            .build();
    LogGroup calls =
        JavaFunction.logs(this, "/aws/vendedlogs/" + environment.named("api"), environment);
    if (stage.getNode().getDefaultChild() instanceof CfnStage resource) {
      resource.setAccessLogSettings(
          CfnStage.AccessLogSettingsProperty.builder()
              .destinationArn(calls.getLogGroupArn())
              .format(CALL)
              .build());
    }
  }

  /** The host that answers, without CloudFront before it. */
  String host() {
    return api.getApiId() + ".execute-api." + Aws.REGION + "." + Aws.URL_SUFFIX;
  }
}
