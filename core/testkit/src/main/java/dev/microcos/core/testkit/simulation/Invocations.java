package dev.microcos.core.testkit.simulation;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What the function of the steps is still to be called with: in any order, and some of it twice.
 */
final class Invocations {

  private final Random dice;
  private final InstantSource clock;
  private final List<Later> all = new ArrayList<>();

  Invocations(Random dice, InstantSource clock) {
    this.dice = dice;
    this.clock = clock;
  }

  private record Later(Invocation invocation, Instant from) {}

  /** One call more. */
  void add(Invocation invocation, Instant from) {
    all.add(new Later(invocation, from));
  }

  /** A call of which an event tells, which comes at least once. */
  void addEvent(Invocation invocation) {
    for (int times = dice.nextInt(4) == 0 ? 2 : 1; times > 0; times--) {
      add(invocation, clock.instant().plusSeconds(dice.nextInt(20)));
    }
  }

  /** One of those whose time has come; null if there is none. */
  @Nullable Invocation take() {
    Instant now = clock.instant();
    List<Later> ready = all.stream().filter(each -> !now.isBefore(each.from())).toList();
    if (ready.isEmpty()) {
      return null;
    }
    Later taken = ready.get(dice.nextInt(ready.size()));
    all.remove(taken);
    return taken.invocation();
  }

  boolean isEmpty() {
    return all.isEmpty();
  }
}
