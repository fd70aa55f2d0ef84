package dev.microcos.local.services.lambda;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * What CloudFormation says about a function.
 *
 * @param name the function's name
 * @param arn what invokes it
 * @param handler the handler's class name
 * @param memoryMegabytes at least 128
 * @param timeout up to 15 minutes
 * @param reservedConcurrency how many invocations may run at once; none for no limit of its own
 */
public record FunctionConfiguration(
    String name,
    String arn,
    String handler,
    int memoryMegabytes,
    Duration timeout,
    OptionalInt reservedConcurrency) {

  private static final Duration LONGEST = Duration.ofMinutes(15);

  public FunctionConfiguration {
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(name + ": the timeout must be 1 second to 15 minutes");
    }
  }
}
