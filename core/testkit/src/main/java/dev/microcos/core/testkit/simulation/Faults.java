package dev.microcos.core.testkit.simulation;

import dev.microcos.core.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What goes wrong, drawn from the seed at every call that leaves a process. */
final class Faults {

  private final Random dice;
  private final TestClock clock;
  private final List<String> trace = new ArrayList<>();
  private final boolean traced;
  private final double crash;
  private final double failure;
  private final double between;
  private Runnable others = () -> {};
  private Instant downUntil = Instant.MIN;
  private boolean quiet;
  private int crashes;
  private int failures;

  Faults(Random dice, TestClock clock, boolean traced) {
    this.dice = dice;
    this.clock = clock;
    this.traced = traced;
    this.crash = severity(0.06);
    this.failure = severity(0.08);
    this.between = severity(0.15);
  }

  /** Some runs are calm in one respect, so that others are seen alone. */
  private double severity(double worst) {
    return dice.nextInt(3) == 0 ? 0 : dice.nextDouble() * worst;
  }

  /** What happens when somebody else comes between two calls. */
  void between(Runnable work) {
    this.others = work;
  }

  /** From now on nothing goes wrong. */
  void end() {
    quiet = true;
  }

  /** From now on things go wrong again. */
  void begin() {
    quiet = false;
  }

  /** The stores answer nobody for a while. */
  void outage(Duration length) {
    note("stores are down for " + length);
    downUntil = clock.instant().plus(length);
  }

  /** Before a call: others may come first, the process may die, the call may fail. */
  void before(String call, boolean fails) {
    note(call);
    if (quiet) {
      return;
    }
    if (chance(between)) {
      others.run();
    }
    crash("before " + call);
    if (fails && (clock.instant().isBefore(downUntil) || chance(failure / 2))) {
      throw failed(call);
    }
  }

  /** After a call: its answer may be lost, the process may die. */
  void after(String call, boolean fails) {
    if (quiet) {
      return;
    }
    crash("after " + call);
    if (fails && chance(failure / 2)) {
      throw failed(call + ", done,");
    }
  }

  void note(String what) {
    if (traced) {
      trace.add(clock.instant() + " " + what);
    }
  }

  List<String> trace() {
    return trace;
  }

  int crashes() {
    return crashes;
  }

  int failures() {
    return failures;
  }

  private void crash(String where) {
    if (chance(crash)) {
      crashes++;
      note("CRASH " + where);
      throw new Crash(where);
    }
  }

  private Unavailable failed(String call) {
    failures++;
    note("FAILS " + call);
    return new Unavailable(call);
  }

  private boolean chance(double probability) {
    return probability > 0 && dice.nextDouble() < probability;
  }
}
