package dev.microcos.infracdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.AlarmStatusWidget;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.PeriodOverride;
import software.constructs.Construct;

/** One page to look at: the alarms first, then the way of a message from door to model. */
final class Board extends Construct {
  private static final int THIRD = 8;

  private final Environment environment;
  private final List<IMetric> store = new ArrayList<>();
  private final List<IMetric> model = new ArrayList<>();
  private final List<IWidget> apis = new ArrayList<>();
  private final List<IWidget> queues = new ArrayList<>();
  private final List<IWidget> functions = new ArrayList<>();

  Board(Construct scope, Environment environment) {
    super(scope, "Board");
    this.environment = environment;
  }

  void function(String name, List<? extends IMetric> counts, IMetric duration) {
    functions.add(graph(name, counts, List.of(duration)));
  }

  void queue(String name, List<? extends IMetric> depths, IMetric age) {
    queues.add(graph(name + " queue", depths, List.of(age)));
  }

  void api(String name, List<? extends IMetric> calls) {
    apis.add(graph(name, calls, List.of()));
  }

  void store(IMetric latency) {
    store.add(latency);
  }

  void model(IMetric throttles) {
    model.add(throttles);
  }

  /** Makes the dashboard of all that was told, with the alarms on top. */
  void show(Alarms alarms) {
    Dashboard.Builder.create(this, "Dashboard")
        .dashboardName("microcos-" + environment.name())
        .defaultInterval(Duration.hours(3))
        .periodOverride(PeriodOverride.INHERIT)
        .widgets(
            List.of(
                List.of(
                    AlarmStatusWidget.Builder.create()
                        .title("Alarms")
                        .width(3 * THIRD)
                        .height(5)
                        .alarms(alarms.all())
                        .build()),
                apis,
                queues,
                List.of(
                    graph("Log latency, p99", store, List.of()),
                    graph("Model throttles", model, List.of()),
                    graph(
                        "Messages",
                        List.of(
                            counted("ingress", "Refused"),
                            counted("reducer", "Reduced"),
                            counted("reducer", "Redelivered"),
                            counted("assistant", "Answered")),
                        List.of())),
                functions))
        .build();
  }

  private static Metric counted(String service, String name) {
    return Metric.Builder.create()
        .namespace("MicroCos")
        .metricName(name)
        .dimensionsMap(Map.of("Service", service))
        .label(service + " " + name)
        .statistic("Sum")
        .period(Duration.minutes(1))
        .build();
  }

  private static GraphWidget graph(
      String title, List<? extends IMetric> left, List<? extends IMetric> right) {
    return GraphWidget.Builder.create()
        .title(title)
        .width(THIRD)
        .left(left)
        .right(right)
        .liveData(true)
        .build();
  }
}
