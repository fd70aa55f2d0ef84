package dev.microcos.bench;

import java.util.Arrays;

/** Latencies in nanoseconds, collected by one thread and summed up once. */
final class Latencies {
  private long[] nanos = new long[1024];
  private int count;

  void add(long latencyNanos) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = latencyNanos;
  }

  void addAll(Latencies others) {
    for (int i = 0; i < others.count; i++) {
      add(others.nanos[i]);
    }
  }

  int count() {
    return count;
  }

  /** What these latencies amount to; all zero if there are none. */
  Distribution distribution() {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return new Distribution(
        count,
        millis(Statistics.percentile(sorted, 50)),
        millis(Statistics.percentile(sorted, 99)),
        millis(Statistics.percentile(sorted, 100)));
  }

  private static double millis(long nanos) {
    return nanos / 1e6;
  }
}
