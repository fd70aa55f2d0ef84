package dev.microcos.local.stepfunctions.definition;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * When and how a state is tried again: after {@code intervalSeconds} (1), growing by {@code
 * backoffRate} (2.0) up to {@code maxDelaySeconds}, {@code maxAttempts} times (3), spread over the
 * whole delay if {@code fullJitter}.
 */
public record Retrier(
    List<String> errorEquals,
    int intervalSeconds,
    int maxAttempts,
    double backoffRate,
    @Nullable Integer maxDelaySeconds,
    boolean fullJitter) {

  /** The longest delay, if there is one. */
  public OptionalInt longestDelaySeconds() {
    return maxDelaySeconds == null ? OptionalInt.empty() : OptionalInt.of(maxDelaySeconds);
  }
}
