package dev.microcos.bench.workflows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What is done to every engine: workflows one after the other, after as many for warming up, then
 * many at once. A wrong result or one that is not there after five minutes ends the bench.
 */
public final class Procedure {

  private final WorkflowEngine engine;
  private final int each;
  private final int flood;
  private int number;

  private Procedure(WorkflowEngine engine, int each, int flood) {
    this.engine = engine;
    this.each = each;
    this.flood = flood;
  }

  /** Measures an engine and prints its figures as rows of a table. */
  public static void run(String name, WorkflowEngine engine, boolean quick) throws Exception {
    Procedure procedure = new Procedure(engine, quick ? 10 : 300, quick ? 50 : 1_000);
    double[] steps = procedure.oneByOne(procedure::steps, procedure.each);
    double[] branches = procedure.oneByOne(procedure::branches, Math.max(5, procedure.each / 10));
    double[] floods = new double[3];
    for (int i = 0; i < floods.length; i++) {
      floods[i] = procedure.flood();
    }
    Arrays.sort(floods);
    row(name, "a step that does nothing, ms, p50", middle(steps) / WorkflowEngine.STEPS);
    row(name, "… p99 of the workflows, by step", last(steps) / WorkflowEngine.STEPS);
    row(name, "10 branches of 100 ms, ms, p50", middle(branches));
    row(name, "… p99", last(branches));
    row(name, procedure.flood + " workflows of 20 steps at once, s", floods[1] / 1e3);
    row(name, "… steps/s", procedure.flood * WorkflowEngine.STEPS / (floods[1] / 1e3));
  }

  private static void row(String name, String figure, double value) {
    System.out.printf(Locale.ROOT, "| %s | %s | %.2f |%n", name, figure, value);
  }

  private double[] oneByOne(Supplier<CompletableFuture<Integer>> start, int count)
      throws Exception {
    double[] millis = new double[count];
    for (int i = -count; i < count; i++) {
      long begin = System.nanoTime();
      int _ = start.get().get(5, TimeUnit.MINUTES);
      millis[Math.max(i, 0)] = (System.nanoTime() - begin) / 1e6;
    }
    Arrays.sort(millis);
    return millis;
  }

  private double flood() throws Exception {
    long begin = System.nanoTime();
    List<CompletableFuture<Integer>> running = new ArrayList<>();
    for (int i = 0; i < flood; i++) {
      running.add(steps());
    }
    for (CompletableFuture<Integer> each : running) {
      int _ = each.get(5, TimeUnit.MINUTES);
    }
    return (System.nanoTime() - begin) / 1e6;
  }

  private CompletableFuture<Integer> steps() {
    return checked(engine.steps("steps-" + number++), WorkflowEngine.STEPS);
  }

  private CompletableFuture<Integer> branches() {
    return checked(engine.branches("branches-" + number++), WorkflowEngine.BRANCHES);
  }

  private static CompletableFuture<Integer> checked(
      CompletableFuture<Integer> result, int expected) {
    return result.thenApply(value -> {
      if (value != expected) {
        throw new IllegalStateException("the result is " + value + ", not " + expected);
      }
      return value;
    });
  }

  private static double middle(double[] sorted) {
    return sorted[sorted.length / 2];
  }

  private static double last(double[] sorted) {
    return sorted[Math.min(sorted.length - 1, sorted.length * 99 / 100)];
  }
}
