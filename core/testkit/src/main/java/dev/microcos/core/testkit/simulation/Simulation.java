package dev.microcos.core.testkit.simulation;

import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.run.RunState;
import java.util.List;

/** Runs of the whole system in one thread, each made of its seed alone. */
public final class Simulation {

  private static final int STEPS = 150;
  private static final int LAST_STEPS_SHOWN = 400;

  /** One run in so many is long: what it began with leaves the ring of ids. */
  private static final int LONG_RUN = 50;

  /** One run in so many meets what it cannot read. */
  private static final int POISONED_RUN = 7;

  /** One run in so many has people who want to be forgotten. */
  private static final int ERASING_RUN = 3;

  /** One run in so many begins with more messages than a state keeps. */
  private static final int TALKATIVE_RUN = 2;

  private static final int MORE_THAN_THE_RING = 4_300;
  private static final int MORE_THAN_A_CHUNK = 80;

  private Simulation() {}

  /**
   * What went wrong in a run that came out right.
   *
   * @param crashes how many times a process died
   * @param failures how many calls failed or lost their answer
   * @param events how many events were written, all people and their runs together
   * @param executions how many executions of runs there were
   */
  public record Survived(int crashes, int failures, long events, int executions) {}

  /**
   * Runs the world of a seed until it comes to rest and looks at what it became.
   *
   * @throws AssertionError if something was lost, came twice or is out of place; it names the seed
   *     and shows what happened last
   */
  public static Survived run(long seed) {
    try {
      return run(new World(seed, false), seed);
    } catch (AssertionError | RuntimeException e) {
      World again = new World(seed, true);
      try {
        run(again, seed);
      } catch (AssertionError | RuntimeException same) {
        throw new AssertionError(told(seed, same, again.faults.trace()), same);
      }
      throw new AssertionError("seed " + seed + " fails, but not again: it depends on more", e);
    }
  }

  private static Survived run(World world, long seed) {
    if (seed % TALKATIVE_RUN == 0) {
      world.talk(world.clients.getFirst().person(), MORE_THAN_A_CHUNK);
    }
    for (int i = 0; i < STEPS; i++) {
      world.step();
      if (i == STEPS / 3 && seed % POISONED_RUN == 1) {
        world.poison(world.clients.getLast().person());
      }
      if (i % (STEPS / 3) == STEPS / 6 && seed % ERASING_RUN == 2) {
        world.erase();
      }
    }
    if (seed % LONG_RUN == 0) {
      repeatMuchLater(world);
    }
    rest(world);
    if (!world.poisoned.isEmpty()) {
      world.redrive();
      rest(world);
    }
    Verdict.onRest(world);
    world.serve();
    rest(world);
    Verdict.onRest(world);
    world.fire();
    rest(world);
    while (world.timesOut()) {
      rest(world);
    }
    Verdict.onEnd(world);
    return new Survived(
        world.faults.crashes(),
        world.faults.failures(),
        events(world),
        world.stores.stepFunctions.all().size());
  }

  private static long events(World world) {
    long events = 0;
    for (Client client : world.clients) {
      Person person = client.person();
      events += world.stores.log.load(person).state().seq();
      events += world.stores.runsOf(person).stream().mapToLong(RunState::seq).sum();
    }
    return events;
  }

  /** The queue lets nothing pass that is not done, so what is under way is done before. */
  private static void repeatMuchLater(World world) {
    rest(world);
    world.clients.forEach(Client::forgetsUntimed);
    world.fill(world.clients.getFirst().person(), MORE_THAN_THE_RING);
    world.faults.begin();
    for (int i = 0; i < STEPS / 2; i++) {
      world.repeat();
      world.step();
    }
  }

  private static void rest(World world) {
    world.faults.end();
    if (!world.comesToRest()) {
      throw new AssertionError("the queues never become empty");
    }
  }

  private static String told(long seed, Throwable failure, List<String> trace) {
    List<String> last = trace.subList(Math.max(0, trace.size() - LAST_STEPS_SHOWN), trace.size());
    return "seed "
        + seed
        + " (again: -Dtest=SimulationTest -Dsimulation.seed="
        + seed
        + "): "
        + failure.getMessage()
        + "\nwhat happened last:\n  "
        + String.join("\n  ", last);
  }
}
