package dev.microcos.bench;

import java.util.Arrays;

/** The two statistics that the results rest on. */
final class Statistics {
  private Statistics() {}

  /**
   * The nearest-rank percentile: the smallest value that at least {@code percent} of all values do
   * not exceed. Zero if there are no values.
   */
  static long percentile(long[] sorted, double percent) {
    if (percent <= 0 || percent > 100) {
      throw new IllegalArgumentException("A percentile lies in (0, 100], not at " + percent);
    }
    if (sorted.length == 0) {
      return 0;
    }
    int rank = (int) Math.ceil(percent / 100 * sorted.length);
    return sorted[Math.clamp(rank, 1, sorted.length) - 1];
  }

  /** The middle value, or the mean of the two in the middle. NaN if there are no values. */
  static double median(double... values) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
