package dev.microcos.local.stepfunctions.expression;

import com.dashjoin.jsonata.Jsonata;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What one evaluation may use: 100 levels, 5 seconds, and 6,990,256 bytes a value, where a number
 * counts eight and a character one. AWS refuses at these figures too. A regular expression that
 * runs away inside one match is not stopped.
 */
final class Bounds {

  private static final int MOST_LEVELS = 100;
  private static final long MOST_NANOS = 5_000_000_000L;
  static final long MOST_BYTES = 6_990_256;

  /** The most elements that {@code $range} makes, measured on AWS. */
  static final int MOST_IN_RANGE = 360_145;

  private final long start = System.nanoTime();
  private int depth;
  private boolean callsFunction;

  private Bounds() {}

  static Bounds set(Jsonata.Frame frame) {
    Bounds bounds = new Bounds();
    frame.setEvaluateEntryCallback((expression, input, environment) -> bounds.enter());
    frame.setEvaluateExitCallback((expression, input, environment, result) -> bounds.exit(result));
    return bounds;
  }

  /** Whether the evaluation failed in the expression's outermost operation, and that is no call. */
  boolean failedInOutermostOperation() {
    return depth == 1 && !callsFunction;
  }

  private void enter() {
    depth++;
    if (depth > MOST_LEVELS) {
      throw new RefusedException(
          "Stack overflow error: Check for non-terminating recursive function. Consider rewriting"
              + " as tail-recursive. Depth="
              + depth
              + " max="
              + MOST_LEVELS);
    }
    if (System.nanoTime() - start > MOST_NANOS) {
      throw new RefusedException("Expression evaluation timeout: Check for infinite loop");
    }
  }

  private void exit(@Nullable Object result) {
    if (depth == 2) {
      callsFunction |= result instanceof Jsonata.JFunction;
    }
    depth--;
    long bytes =
        switch (result) {
          case String text -> text.length();
          case Collection<?> values -> 8L * values.size();
          case null, default -> 0;
        };
    if (bytes > MOST_BYTES) {
      throw memory();
    }
  }

  static RefusedException memory() {
    return new RefusedException("Expression evaluation memory limit exceeded");
  }

  /** An evaluation is stopped by us, not by the library. */
  static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message, null, false, false);
    }
  }
}
