package dev.microcos.infracdk;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/** What somebody should look at. */
final class Alarms {
  private Alarms() {}

  /** A message was given up. */
  static void onDeadLetters(Construct scope, Queue queue) {
    above(scope, "DeadLettersAlarm", 0, queue.metricApproximateNumberOfMessagesVisible(minute()));
  }

  /** The oldest message waits longer than {@code age}. */
  static void onAge(Construct scope, Queue queue, Duration age) {
    above(scope, "AgeAlarm", age.toSeconds(), queue.metricApproximateAgeOfOldestMessage(minute()));
  }

  /** A function threw or timed out. */
  static void onErrors(Construct scope, IMetric errors) {
    above(scope, "ErrorsAlarm", 0, errors);
  }

  /** One-minute steps, the largest of each. */
  static MetricOptions minute() {
    return MetricOptions.builder().period(Duration.minutes(1)).statistic("Maximum").build();
  }

  private static void above(Construct scope, String id, Number threshold, IMetric metric) {
    Alarm.Builder.create(scope, id)
        .metric(metric)
        .threshold(threshold)
        .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
        .evaluationPeriods(1)
        .treatMissingData(TreatMissingData.NOT_BREACHING)
        .build();
  }
}
