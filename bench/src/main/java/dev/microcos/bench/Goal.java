package dev.microcos.bench;

import java.util.Locale;

/**
 * What the ratio of our figure to the peer's is to be.
 *
 * @param atMost whether the bound is the most it may be, else the least
 * @param bound the ratio
 */
record Goal(boolean atMost, double bound) {
  static final Goal NOT_MORE = new Goal(true, 1);
  static final Goal NOT_LESS = new Goal(false, 1);

  boolean met(double ratio) {
    return atMost ? ratio <= bound : ratio >= bound;
  }

  /** The bound, and whether this ratio keeps it. */
  String shown(double ratio) {
    return String.format(
        Locale.ROOT, "%s %.2f: %s", atMost ? "≤" : "≥", bound, met(ratio) ? "met" : "**missed**");
  }
}
