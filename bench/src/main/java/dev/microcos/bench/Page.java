package dev.microcos.bench;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/** A report as Markdown: a row a figure, a column a contender, then ours divided by each peer's. */
final class Page {
  private final StringBuilder page = new StringBuilder();
  private final Report report;

  private Page(Report report) {
    this.report = report;
  }

  /** The page of a report. */
  static String of(Report report) {
    Page page = new Page(report);
    page.preamble();
    page.table();
    page.streams();
    page.stamped();
    return page.page.toString();
  }

  private void preamble() {
    line("# Load, %s, commit %s\n".formatted(report.takenAt(), report.commit()));
    if (report.quick()) {
      line("**A smoke run: it shows that everything runs and measures nothing.**\n");
    }
    Machine machine = report.machine();
    line(
        "Machine: %s, %d cores, %d GiB, %s, data on %s, load average %s before the run."
            .formatted(
                machine.processor(),
                machine.cores(),
                machine.memoryGibibytes(),
                machine.system(),
                machine.fileSystem(),
                machine.loadAverage()));
    line("Client: Java %s. Node %s.".formatted(machine.java(), machine.node()));
    for (Report.Entry entry : report.contenders()) {
      Double syncs = entry.syncsPerMessage();
      line(
          "%s: %s%s."
              .formatted(
                  entry.name(),
                  entry.version(),
                  syncs == null ? "" : ", " + shown(syncs) + " syncs a message of one client"));
    }
    Settings settings = report.settings();
    line(
        ("Medians of %d rounds in turn; %d s of warm-up, %d s a cell; a new person every %d"
                + " messages.\n")
            .formatted(
                settings.rounds(),
                settings.warmUp().toSeconds(),
                settings.cell().toSeconds(),
                settings.share()));
  }

  private void table() {
    List<Report.Entry> all = report.contenders();
    List<Report.Entry> peers = all.subList(1, all.size());
    boolean goals = all.getFirst().name().equals("microcos") && !peers.isEmpty();
    row("", all, Report.Entry::name, peers, peer -> "ratio to " + peer.name(), goals ? "goal" : "");
    page.append("|---|").append("---:|".repeat(all.size() + peers.size()));
    page.append(goals ? "---|\n" : "\n");
    for (Metric metric : Metric.all()) {
      Function<Report.Entry, Double> ratio =
          peer -> metric.medianRatio(all.getFirst().rounds(), peer.rounds());
      Goal goal = metric.goal();
      row(
          metric.name(),
          all,
          entry -> shown(metric.median(entry.rounds())),
          peers,
          peer -> metric.compared() ? shown(ratio.apply(peer)) : "",
          !goals ? "" : goal == null ? " " : goal.shown(ratio.apply(peers.getFirst())));
    }
  }

  private void row(
      String name,
      List<Report.Entry> all,
      Function<Report.Entry, String> value,
      List<Report.Entry> peers,
      Function<Report.Entry, String> ratio,
      String goal) {
    page.append("| ").append(name).append(" |");
    all.forEach(entry -> page.append(' ').append(value.apply(entry)).append(" |"));
    peers.forEach(peer -> page.append(' ').append(ratio.apply(peer)).append(" |"));
    page.append(goal.isEmpty() ? "\n" : " " + goal + " |\n");
  }

  private void streams() {
    for (Report.Entry entry : report.contenders()) {
      List<Round.StreamResult> streams =
          entry.rounds().stream().map(Round::streams).filter(Objects::nonNull).toList();
      if (!streams.isEmpty()) {
        line(
            ("\n"
                    + "Streamed answers of %s, %d at a time (p50 / p99 ms): first token %s, between"
                    + " tokens %s, whole answer %s.")
                .formatted(
                    entry.name(),
                    report.settings().streams(),
                    shown(streams, Round.StreamResult::firstToken),
                    shown(streams, Round.StreamResult::betweenTokens),
                    shown(streams, Round.StreamResult::whole)));
      }
    }
  }

  private void stamped() {
    Round.StreamResult result = report.stampedStreams();
    if (result != null) {
      line(
          ("\n"
                  + "From the model's delta to the token frame that brings it, %d at a time, 60"
                  + " deltas a second each (p50 / p99 ms): the first of an answer %s, each %s.")
              .formatted(
                  report.settings().streams(),
                  shown(List.of(result), Round.StreamResult::afterFirstDelta),
                  shown(List.of(result), Round.StreamResult::afterDelta)));
    }
  }

  private void line(String text) {
    page.append(text).append('\n');
  }

  private static String shown(
      List<Round.StreamResult> results, Function<Round.StreamResult, Distribution> part) {
    List<Distribution> parts = results.stream().map(part).toList();
    return shown(median(parts, Distribution::p50Millis))
        + " / "
        + shown(median(parts, Distribution::p99Millis));
  }

  private static double median(List<Distribution> parts, Function<Distribution, Double> value) {
    return Statistics.median(parts.stream().mapToDouble(value::apply).toArray());
  }

  private static String shown(double value) {
    int decimals = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
