package dev.microcos.infracdk;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.EventSourceMapping;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.RecursiveLoop;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/**
 * A function in Java with a role and a log group of its own; it may do what is allowed to it.
 * Whoever calls it calls the alias: only published versions start from a snapshot.
 */
final class JavaFunction extends Construct {
  /** One whole vCPU (AWS Lambda guide, "Configure memory"). */
  private static final int MEMORY_MB = 1769;

  private final Role role;

  /** The function's short name, such as {@code socket-authorizer}. */
  final String name;

  /** After so much time an invocation is given up. */
  final Duration timeout;

  /** The version that serves. */
  final Alias live;

  private JavaFunction(Builder from) {
    super(from.scope, from.id);
    name = from.name;
    timeout = from.timeout;
    String physical = from.environment.named(from.name);
    LogGroup logs = logs(this, "/aws/lambda/" + physical, from.environment);
    role =
        Role.Builder.create(this, "Role")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .build();
    Function function =
        Function.Builder.create(this, "Function")
            .functionName(physical)
            .runtime(Runtime.JAVA_25)
            .architecture(Architecture.ARM_64)
            .memorySize(MEMORY_MB)
            .timeout(from.timeout)
            .handler(from.handler + "::handleRequest")
            .code(from.code)
            .environment(from.variables)
            .recursiveLoop(from.loop)
            .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
            .role(role)
            .logGroup(logs)
            .build();
    logs.grantWrite(role);
    live =
        Alias.Builder.create(this, "Alias")
            .aliasName("live")
            .version(function.getCurrentVersion())
            .build();
  }

  /** A log group that goes with the stack and forgets after the environment's time. */
  static LogGroup logs(Construct scope, String name, Environment environment) {
    return LogGroup.Builder.create(scope, "Logs")
        .logGroupName(name)
        .retention(retention(environment))
        .removalPolicy(RemovalPolicy.DESTROY)
        .build();
  }

  /** How long logs of the environment are kept. */
  static RetentionDays retention(Environment environment) {
    return switch (environment.logDays()) {
      case 7 -> RetentionDays.ONE_WEEK;
      case 14 -> RetentionDays.TWO_WEEKS;
      case 90 -> RetentionDays.THREE_MONTHS;
      default ->
          throw new IllegalArgumentException(
              "CloudWatch keeps no logs for " + environment.logDays() + " days");
    };
  }

  /** Lets the function call {@code actions} on {@code resources}, given as ARNs. */
  void allow(List<String> actions, List<String> resources) {
    role.addToPolicy(
        PolicyStatement.Builder.create().actions(actions).resources(resources).build());
  }

  /**
   * Feeds the function from a queue; messages that it reports as failed come again, others do not.
   */
  void consumes(String id, Queue queue, int batchSize, int concurrency) {
    allow(
        List.of(
            "sqs:ReceiveMessage",
            "sqs:DeleteMessage",
            "sqs:ChangeMessageVisibility",
            "sqs:GetQueueAttributes"),
        List.of(queue.getQueueArn()));
    EventSourceMapping.Builder.create(this, id)
        .target(live)
        .eventSourceArn(queue.getQueueArn())
        .batchSize(batchSize)
        .maxConcurrency(concurrency)
        .reportBatchItemFailures(true)
        .build();
  }

  /** Collects what a function needs before it is made. */
  static final class Builder {
    private final Construct scope;
    private final String id;
    private final Environment environment;
    private final String name;
    private final String handler;
    private final Code code;
    private final Map<String, String> variables;
    private final Watch watch;
    private Duration timeout = Duration.seconds(10);
    private RecursiveLoop loop = RecursiveLoop.TERMINATE;

    Builder(
        Construct scope,
        String id,
        Environment environment,
        String name,
        String handler,
        Code code,
        Map<String, String> variables,
        Watch watch) {
      this.scope = scope;
      this.id = id;
      this.environment = environment;
      this.name = name;
      this.handler = handler;
      this.code = code;
      this.variables = variables;
      this.watch = watch;
    }

    Builder timeout(Duration value) {
      timeout = value;
      return this;
    }

    /**
     * The loop reducer, assistant, inbox, reducer is wanted; a hop budget in the envelope ends it.
     */
    Builder partOfLoop() {
      loop = RecursiveLoop.ALLOW;
      return this;
    }

    JavaFunction build() {
      JavaFunction function = new JavaFunction(this);
      watch.function(function);
      return function;
    }
  }
}
