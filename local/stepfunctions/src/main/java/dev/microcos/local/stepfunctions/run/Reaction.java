package dev.microcos.local.stepfunctions.run;

import dev.microcos.local.stepfunctions.definition.Catcher;
import dev.microcos.local.stepfunctions.definition.Retrier;
import dev.microcos.local.stepfunctions.definition.State;
import java.util.List;
import java.util.SplittableRandom;

/** What a state does about its failure. */
sealed interface Reaction {

  /** It is tried again at a time, by a retrier. */
  record Retry(int retrier, long atMillis) implements Reaction {}

  /** A catcher leads on. */
  record Catch(Catcher catcher) implements Reaction {}

  /** Nothing: its branch fails. */
  record Propagate() implements Reaction {}

  /**
   * The reaction of a state that was tried again {@code retries} times by each of its retriers. It
   * is the same each time it is asked for, jitter too, which comes of the seed.
   */
  static Reaction of(State state, Failure failure, int[] retries, long seed) {
    List<Retrier> retriers = retriers(state);
    for (int i = 0; i < retriers.size(); i++) {
      Retrier retrier = retriers.get(i);
      if (matches(retrier.errorEquals(), failure)) {
        if (retries[i] < retrier.maxAttempts()) {
          return new Retry(i, failure.millis() + delayMillis(retrier, retries[i], seed, failure));
        }
        break;
      }
    }
    for (Catcher catcher : catchers(state)) {
      if (matches(catcher.errorEquals(), failure)) {
        return new Catch(catcher);
      }
    }
    return new Propagate();
  }

  /** The retriers of a state; those that cannot have any have none. */
  static List<Retrier> retriers(State state) {
    return switch (state) {
      case State.Task task -> task.retry();
      case State.Parallel parallel -> parallel.retry();
      case State.Map map -> map.retry();
      case State.Pass _, State.Choices _, State.Wait _, State.Succeed _, State.Fail _ -> List.of();
    };
  }

  private static List<Catcher> catchers(State state) {
    return switch (state) {
      case State.Task task -> task.catches();
      case State.Parallel parallel -> parallel.catches();
      case State.Map map -> map.catches();
      case State.Pass _, State.Choices _, State.Wait _, State.Succeed _, State.Fail _ -> List.of();
    };
  }

  private static boolean matches(List<String> names, Failure failure) {
    String error = failure.error();
    if (Failure.RUNTIME.equals(error)) {
      return false;
    }
    for (String name : names) {
      boolean matched =
          switch (name) {
            case "States.ALL" -> true;
            case "States.TaskFailed" -> !Failure.TIMEOUT.equals(error);
            case "States.HeartbeatTimeout" -> failure.heartbeat() || name.equals(error);
            default -> name.equals(error);
          };
      if (matched) {
        return true;
      }
    }
    return false;
  }

  private static long delayMillis(Retrier retrier, int attempts, long seed, Failure failure) {
    double seconds = retrier.intervalSeconds() * Math.pow(retrier.backoffRate(), attempts);
    double most = retrier.longestDelaySeconds().orElse(Integer.MAX_VALUE);
    long millis = (long) (Math.min(seconds, most) * 1000);
    return retrier.fullJitter() && millis > 0
        ? new SplittableRandom(seed * 31 + failure.event()).nextLong(millis + 1)
        : millis;
  }
}
