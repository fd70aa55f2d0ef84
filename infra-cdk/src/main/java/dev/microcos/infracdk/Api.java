package dev.microcos.infracdk;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.aws_apigatewayv2_authorizers.HttpJwtAuthorizer;
import software.amazon.awscdk.aws_apigatewayv2_integrations.HttpLambdaIntegration;
import software.amazon.awscdk.services.apigatewayv2.AddRoutesOptions;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.HttpMethod;
import software.amazon.awscdk.services.apigatewayv2.HttpStage;
import software.amazon.awscdk.services.apigatewayv2.ThrottleSettings;
import software.constructs.Construct;

/** The HTTP API: every call carries a token with the scope {@code microcos}, but for the health. */
final class Api extends Construct {
  private final HttpStage stage;

  Api(Construct scope, Wiring wiring, String issuer, String audience) {
    super(scope, "Api");
    Environment environment = wiring.environment();
    JavaFunction ingress =
        wiring
            .function(this, "Ingress", "ingress", "ingress.IngressHandler")
            .timeout(Duration.seconds(10))
            .build();
    wiring.allowLog(ingress, Access.READ);
    wiring.allowKeys(ingress, Access.APPEND);
    wiring.allowOperations(ingress, Access.READ);
    wiring.allowConnections(ingress, Access.APPEND);
    wiring.allowInbox(ingress);

    HttpApi api =
        HttpApi.Builder.create(this, "Http")
            .apiName(environment.named("api"))
            .createDefaultStage(false)
            .build();
    HttpLambdaIntegration integration = new HttpLambdaIntegration("Ingress", ingress.function);
    api.addRoutes(
        AddRoutesOptions.builder()
            .path("/v1/{proxy+}")
            .methods(List.of(HttpMethod.ANY))
            .integration(integration)
            .authorizer(
                HttpJwtAuthorizer.Builder.create("Authorizer", issuer)
                    .jwtAudience(List.of(audience))
                    .build())
            .authorizationScopes(List.of("microcos"))
            .build());
    api.addRoutes(
        AddRoutesOptions.builder()
            .path("/health")
            .methods(List.of(HttpMethod.GET))
            .integration(integration)
            .build());
    stage =
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
  }

  /** Where the API answers. */
  String url() {
    return stage.getUrl();
  }
}
