package dev.microcos.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One figure of a round.
 *
 * @param name what it is, with its unit
 * @param compared whether ours divided by a peer's says anything
 * @param goal what that ratio is to be, null if nobody asks
 * @param value how to read it from a round
 */
record Metric(String name, boolean compared, @Nullable Goal goal, ToDoubleFunction<Round> value) {

  /** All that a report shows of every contender, in its order. */
  static List<Metric> all() {
    List<Metric> metrics = new ArrayList<>();
    for (Cell cell : Cell.ALL) {
      metrics.addAll(of(cell));
    }
    metrics.add(
        new Metric(
            "start to first delivered frame, s", true, new Goal(true, 1.5), Round::startSeconds));
    metrics.add(new Metric("RSS after the first frame, MiB", true, null, Round::idleMebibytes));
    metrics.add(
        new Metric("RSS after the load, MiB", true, new Goal(true, 0.85), Round::loadedMebibytes));
    metrics.add(new Metric("stored, bytes/message", true, null, Round::storedBytesPerMessage));
    return metrics;
  }

  private static List<Metric> of(Cell cell) {
    Goal rate = cell.people() == 1 || cell.people() == 64 ? Goal.NOT_LESS : null;
    return List.of(
        of(cell, "delivery p50, ms", Goal.NOT_MORE, result -> result.delivery().p50Millis()),
        of(cell, "delivery p99, ms", Goal.NOT_MORE, result -> result.delivery().p99Millis()),
        of(cell, "ack p50, ms", null, result -> result.ack().p50Millis()),
        of(cell, "ack p99, ms", null, result -> result.ack().p99Millis()),
        of(cell, "messages/s", rate, Round.CellResult::messagesPerSecond),
        of(cell, "server CPU, ms/message", Goal.NOT_MORE, Round.CellResult::cpuMillis),
        remark(cell, "client CPU, ms/message", Round.CellResult::clientCpuMillis),
        remark(cell, "others' CPU, % of machine", Round.CellResult::othersPercent));
  }

  private static Metric of(
      Cell cell, String what, @Nullable Goal goal, ToDoubleFunction<Round.CellResult> value) {
    return new Metric(
        cell.name() + ": " + what,
        true,
        goal,
        round -> value.applyAsDouble(round.cell(cell.name())));
  }

  private static Metric remark(Cell cell, String what, ToDoubleFunction<Round.CellResult> value) {
    return new Metric(
        cell.name() + ": " + what,
        false,
        null,
        round -> value.applyAsDouble(round.cell(cell.name())));
  }

  /** The median over rounds. */
  double median(List<Round> rounds) {
    return Statistics.median(rounds.stream().mapToDouble(value).toArray());
  }

  /** The median of the ratios of rounds that ran one after the other. */
  double medianRatio(List<Round> ours, List<Round> theirs) {
    double[] ratios = new double[ours.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = value.applyAsDouble(ours.get(i)) / value.applyAsDouble(theirs.get(i));
    }
    return Statistics.median(ratios);
  }
}
