package dev.microcos.infracdk;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.stepfunctions.CfnStateMachine;
import software.constructs.Construct;

/**
 * What state machines may do: have steps done, log and trace. Their log holds every event, so that
 * a run can be followed, but no execution data: states are personal, and a log is read by others
 * than their person. It is sealed with a key of its own.
 */
final class MachineRole extends Construct {
  final Role role;
  private final LogGroup logs;

  MachineRole(Construct scope, Environment environment, JavaFunction steps) {
    super(scope, "Machines");
    Key key = key(environment);
    logs =
        LogGroup.Builder.create(this, "Logs")
            .logGroupName("/aws/vendedlogs/states/" + environment.named("workflows"))
            .retention(JavaFunction.retention(environment))
            .encryptionKey(key)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    role =
        Role.Builder.create(this, "Role")
            .assumedBy(new ServicePrincipal("states.amazonaws.com"))
            .build();
    role.addToPolicy(statement(List.of("lambda:InvokeFunction"), steps.live.getFunctionArn()));
    role.addToPolicy(
        statement(
            List.of(
                "logs:CreateLogDelivery",
                "logs:DeleteLogDelivery",
                "logs:DescribeLogGroups",
                "logs:DescribeResourcePolicies",
                "logs:GetLogDelivery",
                "logs:ListLogDeliveries",
                "logs:PutResourcePolicy",
                "logs:UpdateLogDelivery",
                "xray:GetSamplingRules",
                "xray:GetSamplingTargets",
                "xray:PutTelemetryRecords",
                "xray:PutTraceSegments"),
            "*"));
  }

  private Key key(Environment environment) {
    Key key =
        Key.Builder.create(this, "Key")
            .description("Seals the logs of workflows, " + environment.name())
            .enableKeyRotation(true)
            .policy(Keys.heldByTheAccount())
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    key.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .principals(List.of(new ServicePrincipal("logs." + Aws.REGION + ".amazonaws.com")))
            .actions(
                List.of(
                    "kms:Decrypt",
                    "kms:DescribeKey",
                    "kms:Encrypt",
                    "kms:GenerateDataKey",
                    "kms:ReEncryptFrom",
                    "kms:ReEncryptTo"))
            .resources(List.of("*"))
            .conditions(
                Map.of(
                    "ArnEquals",
                    Map.of(
                        "kms:EncryptionContext:aws:logs:arn",
                        "arn:"
                            + Aws.PARTITION
                            + ":logs:"
                            + Aws.REGION
                            + ":"
                            + Aws.ACCOUNT_ID
                            + ":log-group:/aws/vendedlogs/states/"
                            + environment.named("workflows"))))
            .build());
    return key;
  }

  private static PolicyStatement statement(List<String> actions, String resource) {
    return PolicyStatement.Builder.create().actions(actions).resources(List.of(resource)).build();
  }

  CfnStateMachine.LoggingConfigurationProperty logging() {
    return CfnStateMachine.LoggingConfigurationProperty.builder()
        .level("ALL")
        .includeExecutionData(false)
        .destinations(
            List.of(
                CfnStateMachine.LogDestinationProperty.builder()
                    .cloudWatchLogsLogGroup(
                        CfnStateMachine.CloudWatchLogsLogGroupProperty.builder()
                            .logGroupArn(logs.getLogGroupArn())
                            .build())
                    .build()))
        .build();
  }
}
