package dev.microcos.local.services.bedrock.model;

import java.time.Duration;

/**
 * How fast text appears.
 *
 * @param untilFirst the time from the prompt to the first token
 * @param gap the time from one token to the next
 */
public record Pace(Duration untilFirst, Duration gap) {

  private static final Duration SHORTEST_FIRST = Duration.ofMillis(90);

  /** As fast as it can be read. */
  public static final Pace AT_ONCE = new Pace(Duration.ZERO, Duration.ZERO);

  /** Fast enough not to wait for, slow enough to read along. */
  public static final Pace HUMAN = perSecond(36);

  /** So many tokens a second; 0 means {@link #AT_ONCE}. */
  public static Pace perSecond(double tokens) {
    if (!(tokens >= 0)) {
      throw new IllegalArgumentException("a pace is 0 or more tokens a second, not " + tokens);
    }
    if (tokens == 0) {
      return AT_ONCE;
    }
    Duration gap = Duration.ofNanos((long) (1e9 / tokens));
    return new Pace(gap.compareTo(SHORTEST_FIRST) < 0 ? SHORTEST_FIRST : gap, gap);
  }

  /** When the token of this index is due, counted from the prompt. */
  Duration due(int index) {
    return untilFirst.plus(gap.multipliedBy(index));
  }
}
