package dev.microcos.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One figure of a round.
 *
 * @param name what it is, with its unit
 * @param value how to read it from a round
 */
record Metric(String name, ToDoubleFunction<Round> value) {

  /** All that a report shows of every contender, in its order. */
  static List<Metric> all() {
    List<Metric> metrics = new ArrayList<>();
    for (Cell cell : Cell.ALL) {
      String at = cell.name() + ": ";
      metrics.add(of(at + "delivery p50, ms", cell, result -> result.delivery().p50Millis()));
      metrics.add(of(at + "delivery p99, ms", cell, result -> result.delivery().p99Millis()));
      metrics.add(of(at + "ack p50, ms", cell, result -> result.ack().p50Millis()));
      metrics.add(of(at + "ack p99, ms", cell, result -> result.ack().p99Millis()));
      metrics.add(of(at + "messages/s", cell, Round.CellResult::messagesPerSecond));
      metrics.add(of(at + "server CPU, ms/message", cell, Round.CellResult::cpuMillis));
      metrics.add(of(at + "client CPU, ms/message", cell, Round.CellResult::clientCpuMillis));
      metrics.add(of(at + "others' CPU, % of machine", cell, Round.CellResult::othersPercent));
    }
    metrics.add(new Metric("start to first delivered frame, s", Round::startSeconds));
    metrics.add(new Metric("RSS after the first frame, MiB", Round::idleMebibytes));
    metrics.add(new Metric("RSS after the load, MiB", Round::loadedMebibytes));
    metrics.add(new Metric("stored, bytes/message", Round::storedBytesPerMessage));
    return metrics;
  }

  private static Metric of(String name, Cell cell, ToDoubleFunction<Round.CellResult> value) {
    return new Metric(name, round -> value.applyAsDouble(round.cell(cell.name())));
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
