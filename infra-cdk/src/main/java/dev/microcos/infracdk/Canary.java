package dev.microcos.infracdk;

import java.util.List;
import software.amazon.awscdk.Arn;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.IAlarm;
import software.amazon.awscdk.services.codedeploy.AutoRollbackConfig;
import software.amazon.awscdk.services.codedeploy.LambdaApplication;
import software.amazon.awscdk.services.codedeploy.LambdaDeploymentConfig;
import software.amazon.awscdk.services.codedeploy.LambdaDeploymentGroup;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.constructs.Construct;

/**
 * Moves an alias to a new version by a tenth first, and back by itself if an alarm rings. Both
 * versions work on one person's messages meanwhile, which is why N and N-1 read each other.
 */
final class Canary extends Construct {
  private final Environment environment;
  private final LambdaApplication application;
  private final Role role;

  Canary(Construct scope, Environment environment) {
    super(scope, "Canary");
    this.environment = environment;
    application =
        LambdaApplication.Builder.create(this, "Application")
            .applicationName("microcos-" + environment.name())
            .build();
    role =
        Role.Builder.create(this, "Role")
            .assumedBy(new ServicePrincipal("codedeploy.amazonaws.com"))
            .build();
    allow(List.of("cloudwatch:DescribeAlarms"), arn("cloudwatch", "alarm", "*"));
  }

  /** Guards what the next deployments do to {@code alias}. */
  void guard(String function, Alias alias, List<IAlarm> alarms) {
    allow(
        List.of("lambda:GetAlias", "lambda:UpdateAlias"),
        arn("lambda", "function", environment.named(function)));
    allow(
        List.of("lambda:GetProvisionedConcurrencyConfig"),
        arn("lambda", "function", environment.named(function) + ":*"));
    LambdaDeploymentGroup.Builder.create(this, function)
        .application(application)
        .deploymentGroupName(environment.named(function))
        .alias(alias)
        .alarms(alarms)
        .role(role.withoutPolicyUpdates())
        .deploymentConfig(
            environment.guarded()
                ? LambdaDeploymentConfig.CANARY_10_PERCENT_10_MINUTES
                : LambdaDeploymentConfig.CANARY_10_PERCENT_5_MINUTES)
        .autoRollback(
            AutoRollbackConfig.builder()
                .failedDeployment(true)
                .stoppedDeployment(true)
                .deploymentInAlarm(true)
                .build())
        .build();
  }

  private void allow(List<String> actions, String resource) {
    role.addToPolicy(
        PolicyStatement.Builder.create().actions(actions).resources(List.of(resource)).build());
  }

  private String arn(String service, String resource, String name) {
    return Arn.format(
        ArnComponents.builder()
            .service(service)
            .resource(resource)
            .resourceName(name)
            .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
            .build(),
        Stack.of(this));
  }
}
