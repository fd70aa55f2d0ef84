package dev.microcos.infracdk;

import dev.microcos.core.wire.workflow.Trigger;
import dev.microcos.core.wire.workflow.WorkflowDefinition;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import software.amazon.awscdk.Arn;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.amazon.awscdk.services.scheduler.CfnScheduleGroup;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/**
 * The group that all schedules are in, people's and the workflows' own, and the role by which they
 * call the function of the steps.
 */
final class Schedules extends Construct {
  final String group;
  private final Environment environment;
  private final CfnScheduleGroup resource;
  private final Role role;
  private final Queue deadLetters;

  Schedules(Construct scope, Environment environment, String stepsArn, Queue deadLetters) {
    super(scope, "Schedules");
    this.environment = environment;
    this.deadLetters = deadLetters;
    group = environment.named("schedules");
    resource = CfnScheduleGroup.Builder.create(this, "Group").name(group).build();
    role =
        Role.Builder.create(this, "Role")
            .assumedBy(
                new PrincipalWithConditions(
                    new ServicePrincipal("scheduler.amazonaws.com"),
                    Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID))))
            .build();
    role.addToPolicy(
        PolicyStatement.Builder.create()
            .actions(List.of("lambda:InvokeFunction"))
            .resources(List.of(stepsArn))
            .build());
    role.addToPolicy(
        PolicyStatement.Builder.create()
            .actions(List.of("sqs:SendMessage"))
            .resources(List.of(deadLetters.getQueueArn()))
            .build());
  }

  String roleArn() {
    return role.getRoleArn();
  }

  /** To keep schedules of people, and to hand them the role. */
  void allow(JavaFunction function) {
    function.allow(
        List.of("scheduler:CreateSchedule", "scheduler:DeleteSchedule", "scheduler:UpdateSchedule"),
        inGroup());
    function.allow(List.of("iam:PassRole"), List.of(role.getRoleArn()));
  }

  /** To take schedules of people away. */
  void allowEnding(JavaFunction function) {
    function.allow(List.of("scheduler:DeleteSchedule"), inGroup());
  }

  private List<String> inGroup() {
    return List.of(
        Arn.format(
            ArnComponents.builder()
                .service("scheduler")
                .resource("schedule")
                .resourceName(group + "/*")
                .build(),
            Stack.of(this)));
  }

  /** The schedules that workflows bring along. */
  void ofManifest(SortedMap<String, WorkflowDefinition> workflows, String stepsArn) {
    workflows.forEach((workflow, definition) ->
        definition
            .schedules()
            .forEach((name, schedule) -> schedule(name, workflow, schedule, stepsArn)));
  }

  private void schedule(
      String scheduleName, String workflow, Trigger.Schedule schedule, String stepsArn) {
    CfnSchedule.Builder.create(this, scheduleName)
        .name(environment.named(scheduleName))
        .groupName(resource.getRef())
        .scheduleExpression(schedule.expression())
        .scheduleExpressionTimezone(schedule.timeZone())
        .flexibleTimeWindow(CfnSchedule.FlexibleTimeWindowProperty.builder().mode("OFF").build())
        .target(
            CfnSchedule.TargetProperty.builder()
                .arn(stepsArn)
                .roleArn(role.getRoleArn())
                .input(schedule.due(scheduleName, workflow))
                .deadLetterConfig(
                    CfnSchedule.DeadLetterConfigProperty.builder()
                        .arn(deadLetters.getQueueArn())
                        .build())
                .build())
        .build();
  }
}
