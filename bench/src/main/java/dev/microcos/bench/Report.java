package dev.microcos.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The results of a run, as JSON with every round and as a page to read.
 *
 * @param takenAt when the run began, RFC 3339
 * @param commit what was measured
 * @param quick whether this is only a smoke run
 * @param settings how long and how often
 * @param machine where
 * @param contenders in the order of the columns, ours first
 * @param stampedStreams answers of a model that tells when it spoke, null if not measured
 */
record Report(
    String takenAt,
    String commit,
    boolean quick,
    Settings settings,
    Machine machine,
    List<Entry> contenders,
    Round.@Nullable StreamResult stampedStreams) {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new SimpleModule().addSerializer(Duration.class, ToStringSerializer.instance))
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /**
   * One contender's rounds.
   *
   * @param name its name
   * @param version what ran
   * @param syncsPerMessage fsync and fdatasync calls per message of a lone client, null if not
   *     counted
   * @param rounds in the order they ran
   */
  record Entry(String name, String version, @Nullable Double syncsPerMessage, List<Round> rounds) {}

  /** Writes {@code <stem>.json} and {@code <stem>.md}. */
  void write(Path stem) throws IOException {
    Files.createDirectories(stem.toAbsolutePath().getParent());
    Files.writeString(Path.of(stem + ".json"), JSON.writeValueAsString(this) + "\n");
    Files.writeString(Path.of(stem + ".md"), markdown());
  }

  /** The page to read: a row a figure, a column a contender, then ours divided by each peer. */
  String markdown() {
    StringBuilder page = new StringBuilder();
    page.append("# Load, ").append(takenAt).append(", commit ").append(commit).append("\n\n");
    if (quick) {
      page.append("**A smoke run: it shows that everything runs and measures nothing.**\n\n");
    }
    preamble(page);
    table(page);
    streams(page);
    stamped(page);
    return page.toString();
  }

  private void preamble(StringBuilder page) {
    page.append(
        "Machine: %s, %d cores, %d GiB, %s, data on %s, load average %s before the run.\n"
            .formatted(
                machine.processor(),
                machine.cores(),
                machine.memoryGibibytes(),
                machine.system(),
                machine.fileSystem(),
                machine.loadAverage()));
    page.append("Client: Java %s. Node %s.\n".formatted(machine.java(), machine.node()));
    for (Entry entry : contenders) {
      page.append("%s: %s".formatted(entry.name(), entry.version()));
      Double syncs = entry.syncsPerMessage();
      page.append(
          syncs == null ? ".\n" : ", %.2f syncs per message of one client.\n".formatted(syncs));
    }
    page.append(
        "Medians of %d rounds in turn; %d s of warm-up, %d s a cell; another person every %d messages.\n\n"
            .formatted(
                settings.rounds(),
                settings.warmUp().toSeconds(),
                settings.cell().toSeconds(),
                settings.share()));
  }

  private void table(StringBuilder page) {
    List<Entry> peers = contenders.subList(1, contenders.size());
    page.append("| |");
    contenders.forEach(entry -> page.append(" %s |".formatted(entry.name())));
    peers.forEach(entry -> page.append(" ratio to %s |".formatted(entry.name())));
    page.append("\n|---|").append("---:|".repeat(contenders.size() + peers.size())).append("\n");
    for (Metric metric : Metric.all()) {
      page.append("| ").append(metric.name()).append(" |");
      contenders.forEach(
          entry -> page.append(" %s |".formatted(shown(metric.median(entry.rounds())))));
      for (Entry peer : peers) {
        double ratio = metric.medianRatio(contenders.getFirst().rounds(), peer.rounds());
        page.append(" %s |".formatted(shown(ratio)));
      }
      page.append("\n");
    }
  }

  private void streams(StringBuilder page) {
    for (Entry entry : contenders) {
      List<Round.StreamResult> streams =
          entry.rounds().stream().map(Round::streams).filter(java.util.Objects::nonNull).toList();
      if (!streams.isEmpty()) {
        page.append(
            "\nStreamed answers of %s, %d at a time".formatted(entry.name(), settings.streams()));
        page.append(
            " (p50 / p99 ms): first token %s, between tokens %s, whole answer %s.\n"
                .formatted(
                    shown(streams.stream().map(Round.StreamResult::firstToken).toList()),
                    shown(streams.stream().map(Round.StreamResult::betweenTokens).toList()),
                    shown(streams.stream().map(Round.StreamResult::whole).toList())));
      }
    }
  }

  private void stamped(StringBuilder page) {
    Round.StreamResult result = stampedStreams;
    if (result != null) {
      page.append(
          "\nFrom the model's first delta to the first token frame, %d at a time: p50 %s, p99 %s ms.\n"
              .formatted(
                  settings.streams(),
                  shown(result.afterFirstDelta().p50Millis()),
                  shown(result.afterFirstDelta().p99Millis())));
    }
  }

  private static String shown(List<Distribution> rounds) {
    return shown(Statistics.median(rounds.stream().mapToDouble(Distribution::p50Millis).toArray()))
        + " / "
        + shown(Statistics.median(rounds.stream().mapToDouble(Distribution::p99Millis).toArray()));
  }

  private static String shown(double value) {
    return String.format(
        Locale.ROOT,
        Math.abs(value) < 10 ? "%.2f" : Math.abs(value) < 100 ? "%.1f" : "%.0f",
        value);
  }
}
