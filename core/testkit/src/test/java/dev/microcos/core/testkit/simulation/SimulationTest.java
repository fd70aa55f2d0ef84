package dev.microcos.core.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.testkit.simulation.Simulation.Survived;
import org.junit.jupiter.api.Test;

/**
 * {@code -Dsimulation.runs=10000} runs as many seeds, as the Maven profile {@code soak} does;
 * {@code -Dsimulation.seed=7} replays one, {@code -Dsimulation.first=5000} begins there.
 */
class SimulationTest {

  private static final int RUNS = 100;

  @Test
  void whatever_fails_nothing_is_lost_nothing_comes_twice_and_every_turn_ends() {
    Long one = Long.getLong("simulation.seed");
    if (one != null) {
      Simulation.run(one);
      return;
    }
    long first = Long.getLong("simulation.first", 0);
    long runs = Long.getLong("simulation.runs", RUNS);
    long crashes = 0;
    long failures = 0;
    long events = 0;
    long executions = 0;
    for (long seed = first; seed < first + runs; seed++) {
      Survived survived = Simulation.run(seed);
      crashes += survived.crashes();
      failures += survived.failures();
      events += survived.events();
      executions += survived.executions();
    }
    System.out.printf(
        "%,d seeds: %,d crashes, %,d failed calls, %,d events, %,d executions%n",
        runs, crashes, failures, events, executions);
    assertThat(crashes).isGreaterThan(runs);
    assertThat(failures).isGreaterThan(runs);
  }

  @Test
  void the_same_seed_is_the_same_run() {
    assertThat(Simulation.run(4_711)).isEqualTo(Simulation.run(4_711));
  }
}
