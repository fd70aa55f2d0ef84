package dev.microcos.infracdk;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.CfnSubscription;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/**
 * What somebody should look at, told to one topic. The topic is not sealed with a key of ours: what
 * it carries are names and numbers of this template, and CloudWatch could not use AWS's own key.
 */
final class Alarms extends Construct {
  private final Environment environment;
  private final Topic topic;
  private final List<Alarm> all = new ArrayList<>();

  Alarms(Construct scope, Environment environment) {
    super(scope, "Alarms");
    this.environment = environment;
    topic =
        Topic.Builder.create(this, "Topic")
            .topicName(environment.named("alarms"))
            .enforceSsl(true)
            .build();
    topic.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
            .actions(List.of("sns:Publish"))
            .resources(List.of(topic.getTopicArn()))
            .build());
    toAnAddress();
  }

  private void toAnAddress() {
    CfnParameter address =
        CfnParameter.Builder.create(this, "Email")
            .type("String")
            .defaultValue("")
            .description("Who gets the alarms by mail; empty for nobody")
            .build();
    CfnCondition given =
        CfnCondition.Builder.create(this, "EmailGiven")
            .expression(Fn.conditionNot(Fn.conditionEquals(address.getValueAsString(), "")))
            .build();
    CfnSubscription.Builder.create(this, "Subscription")
        .topicArn(topic.getTopicArn())
        .protocol("email")
        .endpoint(address.getValueAsString())
        .build()
        .getCfnOptions()
        .setCondition(given);
  }

  /**
   * Rings when {@code metric} is above {@code threshold} for {@code minutes} one after the other.
   *
   * @param advice what to do, in a sentence
   */
  Alarm above(String name, Number threshold, int minutes, IMetric metric, String advice) {
    Alarm alarm =
        Alarm.Builder.create(this, name)
            .alarmName(environment.named(name))
            .alarmDescription(advice)
            .metric(metric)
            .threshold(threshold)
            .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
            .evaluationPeriods(minutes)
            .treatMissingData(TreatMissingData.NOT_BREACHING)
            .build();
    SnsAction told = new SnsAction(topic);
    alarm.addAlarmAction(told);
    alarm.addOkAction(told);
    all.add(alarm);
    return alarm;
  }

  /** Every alarm there is. */
  List<Alarm> all() {
    return List.copyOf(all);
  }

  /** One-minute steps of a statistic, such as {@code Sum} or {@code p99}. */
  static MetricOptions each(String statistic) {
    return MetricOptions.builder().period(Duration.minutes(1)).statistic(statistic).build();
  }
}
