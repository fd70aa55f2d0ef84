package dev.microcos.infracdk;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.sqs.Queue;

/**
 * When somebody is woken: each kind of part has its alarms, and each says what to do.
 *
 * @param alarms rings
 * @param canary guards the deployments of functions; none where a new version takes over at once
 * @param board shows what the alarms are about
 */
record Watch(Alarms alarms, Optional<Canary> canary, Board board) {
  private static final String NAMESPACE = "AWS/DynamoDB";

  /** A function that throws, is throttled or nears its time limit; errors undo a deployment. */
  void function(JavaFunction function) {
    Metric invocations = function.live.metricInvocations(Alarms.each("Sum"));
    Metric errors = function.live.metricErrors(Alarms.each("Sum"));
    Metric throttles = function.live.metricThrottles(Alarms.each("Sum"));
    Metric duration = function.live.metricDuration(Alarms.each("p99"));
    Alarm failing =
        alarms.above(
            function.name + "-errors",
            1,
            1,
            percent(errors, invocations),
            "More than 1 % of the invocations throw or time out; see the function's log.");
    alarms.above(
        function.name + "-throttles",
        0,
        3,
        throttles,
        "Lambda has no room for it; raise the account's concurrency or this function's share.");
    alarms.above(
        function.name + "-duration",
        function.timeout.toMilliseconds().doubleValue() * 0.8,
        3,
        duration,
        "The slowest hundredth takes over 80 % of the timeout; see which service answers late.");
    canary.ifPresent(guard -> guard.guard(function.name, function.live, List.of(failing)));
    board.function(function.name, List.of(invocations, errors, throttles), duration);
  }

  /** A queue that falls behind, and one that gave something up. */
  void queue(String name, Queue queue, Queue deadLetters, Duration patience) {
    queue(
        name,
        queue,
        deadLetters.metricApproximateNumberOfMessagesVisible(Alarms.each("Maximum")),
        "Something was given up; read it, mend the cause, redrive (docs/operations.md).",
        patience);
  }

  /** A queue whose dead letters are read at once, so that nothing is seen to lie there. */
  void jobs(String name, Queue queue, Queue deadLetters, Duration patience) {
    queue(
        name,
        queue,
        deadLetters.metricNumberOfMessagesReceived(Alarms.each("Sum")),
        "Answers were given up and failed for their people; see the function's log, mend the"
            + " cause.",
        patience);
  }

  private void queue(String name, Queue queue, Metric dead, String advice, Duration patience) {
    Metric age = queue.metricApproximateAgeOfOldestMessage(Alarms.each("Maximum"));
    Metric waiting = queue.metricApproximateNumberOfMessagesVisible(Alarms.each("Maximum"));
    alarms.above(name + "-dead-letters", 0, 1, dead, advice);
    alarms.above(
        name + "-age",
        patience.toSeconds(),
        1,
        age,
        "The oldest message waits too long; look at its function's errors and throttles.");
    board.queue(name, List.of(waiting, dead), age);
  }

  /** A table that refuses for capacity. */
  void table(String name, Table table) {
    alarms.above(
        name + "-table-throttles",
        0,
        3,
        MathExpression.Builder.create()
            .expression("reads + writes")
            .label("throttled")
            .period(Duration.minutes(1))
            .usingMetrics(
                new TreeMap<>(
                    Map.of(
                        "reads", of(table, "ReadThrottleEvents", Map.of(), "Sum"),
                        "writes", of(table, "WriteThrottleEvents", Map.of(), "Sum"))))
            .build(),
        "DynamoDB refuses; a hot partition, or twice the previous peak within half an hour.");
  }

  /** A table that answers late, by the operation that the path waits for. */
  void latency(String name, Table table, String operation, Duration patience) {
    Metric latency = of(table, "SuccessfulRequestLatency", Map.of("Operation", operation), "p99");
    alarms.above(
        name + "-" + operation.toLowerCase(Locale.ROOT) + "-latency",
        patience.toMilliseconds(),
        3,
        latency,
        "DynamoDB answers late; if it lasts, see the AWS Health Dashboard.");
    board.store(latency);
  }

  /** An API whose answers are our fault. */
  void failures(String name, IMetric failed, IMetric all) {
    alarms.above(
        name + "-failures",
        1,
        3,
        percent(failed, all),
        "More than 1 % of the calls fail with our fault; see the function behind the API.");
    board.api(name, List.of(all, failed));
  }

  /** A model that refuses for its quota. */
  void model(String name, String modelId) {
    Metric throttles =
        Metric.Builder.create()
            .namespace("AWS/Bedrock")
            .metricName("InvocationThrottles")
            .dimensionsMap(Map.of("ModelId", modelId))
            .statistic("Sum")
            .period(Duration.minutes(1))
            .build();
    alarms.above(
        name + "-model-throttles",
        0,
        3,
        throttles,
        "Bedrock refuses for the quota of tokens a minute; raise it, or lower the concurrency.");
    board.model(throttles);
  }

  private static Metric of(Table table, String metric, Map<String, String> more, String statistic) {
    Map<String, String> dimensions = new TreeMap<>(more);
    dimensions.put("TableName", table.getTableName());
    return Metric.Builder.create()
        .namespace(NAMESPACE)
        .metricName(metric)
        .dimensionsMap(dimensions)
        .statistic(statistic)
        .period(Duration.minutes(1))
        .build();
  }

  private static IMetric percent(IMetric part, IMetric whole) {
    return MathExpression.Builder.create()
        .expression("IF(whole > 0, 100 * part / whole, 0)")
        .label("percent")
        .period(Duration.minutes(1))
        .usingMetrics(new TreeMap<>(Map.of("part", part, "whole", whole)))
        .build();
  }
}
