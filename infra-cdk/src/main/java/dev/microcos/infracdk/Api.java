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

/** The HTTP API: every call carries a token with the scope {@code microcos}, but for the health. */
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

    HttpLambdaIntegration integration = new HttpLambdaIntegration("Ingress", ingress.live);
    api.addRoutes(
        AddRoutesOptions.builder()
            .path("/v1/{proxy+}")
            .methods(List.of(HttpMethod.ANY))
            .integration(integration)
            .authorizer(
                HttpJwtAuthorizer.Builder.create("Authorizer", issuer)
                    .jwtAudience(List.of(audience))
                    .build())
            .authorizationScopes(List.of(scope))
            .build());
    api.addRoutes(
        AddRoutesOptions.builder()
            .path("/health")
            .methods(List.of(HttpMethod.GET))
            .integration(integration)
            .build());
    wiring
        .watch()
        .failures(
            "api", api.metricServerError(Alarms.each("Sum")), api.metricCount(Alarms.each("Sum")));
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
