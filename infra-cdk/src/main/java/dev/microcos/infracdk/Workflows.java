package dev.microcos.infracdk;

import dev.microcos.core.wire.workflow.WorkflowDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awscdk.Arn;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.lambda.EventInvokeConfigOptions;
import software.amazon.awscdk.services.lambda.destinations.SqsDestination;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.amazon.awscdk.services.stepfunctions.CfnStateMachine;
import software.constructs.Construct;

/**
 * The workflows: a state machine a folder in {@code statemachines/}, the function that does their
 * steps, the rule that tells it of executions that ended by themselves, and schedules.
 */
final class Workflows extends Construct {
  private static final String STEPS = "steps";

  /** A model may be silent for a minute and then write for some. */
  private static final Duration LONGEST_STEP = Duration.minutes(5);

  private final Environment environment;
  private final SortedMap<String, WorkflowDefinition> workflows;
  private final List<CfnStateMachine> machines = new ArrayList<>();
  private final Queue deadLetters;
  private final Schedules schedules;

  Workflows(
      Construct scope, Environment environment, SortedMap<String, WorkflowDefinition> workflows) {
    super(scope, "Workflows");
    this.environment = environment;
    this.workflows = workflows;
    deadLetters =
        Queue.Builder.create(this, "DeadLetters")
            .queueName(environment.named("steps-dead"))
            .encryption(QueueEncryption.SQS_MANAGED)
            .enforceSsl(true)
            .retentionPeriod(Duration.days(4))
            .build();
    schedules = new Schedules(this, environment, stepsArn(), deadLetters);
  }

  /** Adds the function that does the steps, and the machines that have it do them. */
  void doneBy(Wiring wiring) {
    JavaFunction steps =
        wiring
            .function(this, "Steps", STEPS, "steps.StepsHandler")
            .timeout(LONGEST_STEP)
            .partOfLoop()
            .build();
    steps.live.configureAsyncInvoke(
        EventInvokeConfigOptions.builder()
            .retryAttempts(2)
            .onFailure(new SqsDestination(deadLetters))
            .build());
    wiring.allowLog(steps, Access.GET, Access.QUERY);
    wiring.allowKeys(steps, Access.GET, Access.PUT);
    wiring.allowOperations(steps, Access.GET, Access.PUT, Access.UPDATE);
    wiring.allowInbox(steps);
    steps.allow(List.of("bedrock:InvokeModelWithResponseStream"), wiring.assistant().models());
    machines(steps);
    steps.allow(List.of("states:DescribeExecution"), executions());
    schedules.allowEnding(steps);
    schedules.ofManifest(workflows, steps.live.getFunctionArn());
    ended(steps);
    watch(wiring.watch());
  }

  private void machines(JavaFunction steps) {
    MachineRole role = new MachineRole(this, environment, steps);
    for (WorkflowDefinition workflow : workflows.values()) {
      machines.add(
          CfnStateMachine.Builder.create(this, pascal(workflow.name()))
              .stateMachineName(environment.named(workflow.name()))
              .stateMachineType("STANDARD")
              .roleArn(role.role.getRoleArn())
              .definitionString(workflow.machineFor(WorkflowDefinition.STEPS))
              .definitionSubstitutions(Map.of("Steps", steps.live.getFunctionArn()))
              .loggingConfiguration(role.logging())
              .tracingConfiguration(
                  CfnStateMachine.TracingConfigurationProperty.builder().enabled(true).build())
              .build());
    }
    machines.forEach(machine -> machine.getNode().addDependency(role.role));
  }

  /** What ends without a word of its own: aborted, timed out, failed, or simply done. */
  private void ended(JavaFunction steps) {
    Rule.Builder.create(this, "Ended")
        .ruleName(environment.named("executions"))
        .description("Tells the runs of executions that ended")
        .eventPattern(
            EventPattern.builder()
                .source(List.of("aws.states"))
                .detailType(List.of("Step Functions Execution Status Change"))
                .detail(
                    new TreeMap<>(
                        Map.of(
                            "status",
                            List.of("SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"),
                            "stateMachineArn",
                            machines.stream().map(CfnStateMachine::getAttrArn).toList())))
                .build())
        .targets(
            List.of(
                LambdaFunction.Builder.create(steps.live)
                    .deadLetterQueue(deadLetters)
                    .retryAttempts(10)
                    .build()))
        .build();
  }

  private void watch(Watch watch) {
    watch
        .alarms()
        .above(
            "steps-dead-letters",
            0,
            1,
            deadLetters.metricApproximateNumberOfMessagesVisible(Alarms.each("Maximum")),
            "An end of an execution or a schedule was not taken; see the function's log, invoke it"
                + " again with the message.");
    Map<String, IMetric> throttled =
        machines.stream()
            .collect(
                Collectors.toMap(
                    machine -> "m" + machines.indexOf(machine),
                    machine -> metric(machine, "ExecutionThrottled"),
                    (one, _) -> one,
                    TreeMap::new));
    watch
        .alarms()
        .above(
            "workflows-throttles",
            0,
            3,
            MathExpression.Builder.create()
                .expression(String.join(" + ", throttled.keySet()))
                .label("throttled")
                .period(Duration.minutes(1))
                .usingMetrics(throttled)
                .build(),
            "Step Functions delays transitions; raise the account's quota of them.");
  }

  private static Metric metric(CfnStateMachine machine, String name) {
    return Metric.Builder.create()
        .namespace("AWS/States")
        .metricName(name)
        .dimensionsMap(Map.of("StateMachineArn", machine.getAttrArn()))
        .statistic("Sum")
        .period(Duration.minutes(1))
        .build();
  }

  /** To start executions, stop them, and answer what they wait for; and to keep schedules. */
  void allowRuns(JavaFunction function) {
    List<String> arns = machines.stream().map(CfnStateMachine::getAttrArn).toList();
    function.allow(
        List.of("states:StartExecution", "states:SendTaskSuccess", "states:SendTaskFailure"), arns);
    function.allow(List.of("states:StopExecution"), executions());
    schedules.allow(function);
  }

  /** To stop what runs and to take schedules away: for who erases a person. */
  void allowEnding(JavaFunction function) {
    function.allow(List.of("states:StopExecution"), executions());
    schedules.allowEnding(function);
  }

  /** Adds what functions need to know of workflows. */
  void variables(Map<String, String> all) {
    all.put("STATE_MACHINE_PREFIX", arn("states", "stateMachine", environment.named("")));
    all.put("STEPS_FUNCTION_ARN", stepsArn());
    all.put("SCHEDULE_GROUP", schedules.group);
    all.put("SCHEDULE_ROLE_ARN", schedules.roleArn());
    all.put("SCHEDULE_DEAD_LETTERS_ARN", deadLetters.getQueueArn());
  }

  /** By name: the function itself is told it, and cannot depend on itself. */
  private String stepsArn() {
    return arn("lambda", "function", environment.named(STEPS) + ":live");
  }

  /** The executions of our machines; the machine's name is a part of theirs. */
  private List<String> executions() {
    return workflows.keySet().stream()
        .map(name -> arn("states", "execution", environment.named(name) + ":*"))
        .toList();
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

  private static String pascal(String name) {
    return Stream.of(name.split("-"))
        .map(part -> Character.toUpperCase(part.charAt(0)) + part.substring(1))
        .collect(Collectors.joining());
  }
}
