package dev.microcos.core.aws;

import com.amazonaws.services.lambda.runtime.Context;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.MDC;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.MetricsFactory;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** Structured logs and metrics by Powertools: ids and figures, never what a person said. */
public final class Telemetry {

  private final String service;
  private final boolean metered;
  private final AtomicBoolean counted = new AtomicBoolean();

  /** Telemetry of a function. */
  public Telemetry(Host host) {
    this.service = host.get("POWERTOOLS_SERVICE_NAME", "microcos");
    this.metered = !Boolean.parseBoolean(host.get("POWERTOOLS_METRICS_DISABLED", "false"));
  }

  /** Does the work of one invocation, with the invocation's fields in every line that it logs. */
  public <T> T invocation(Context context, Supplier<T> work) {
    return PowertoolsLogging.withLogging(
        context,
        () -> {
          // Powertools asks the process for its name, which is that of no function in a local
          // cloud.
          MDC.put("service", service);
          T result = work.get();
          // Without anything to write it would say so in the log, each time.
          if (counted.getAndSet(false)) {
            metrics().flush();
          }
          return result;
        });
  }

  /** Does a part of the work with some ids in every line that it logs. */
  public void about(Map<String, String> ids, Runnable work) {
    ids.forEach(MDC::put);
    try {
      work.run();
    } finally {
      ids.keySet().forEach(MDC::remove);
    }
  }

  /** Counts something. */
  public void count(String name, int count) {
    if (metered) {
      metrics().addMetric(name, count, MetricUnit.COUNT);
      counted.set(true);
    }
  }

  private static Metrics metrics() {
    return MetricsFactory.getMetricsInstance();
  }
}
