package dev.microcos.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The program behind {@code bench/run}. */
public final class Bench {
  private Bench() {}

  private record Entrant(Contender contender, List<Round> rounds) {
    Report.Entry entry(@Nullable Double syncs) throws IOException {
      return new Report.Entry(contender.name(), contender.version(), syncs, rounds);
    }
  }

  /** Measures, writes the results and prints them; exit code 2 tells wrong use, 1 a failure. */
  public static void main(String[] arguments) throws Exception {
    if (List.of(arguments).contains("--help")) {
      System.out.println(Options.USAGE);
      return;
    }
    Options options;
    try {
      options = Options.of(arguments);
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.err.println(Options.USAGE);
      System.exit(2);
      return;
    }
    try (DataFolder folder = DataFolder.temporary("microcos-bench")) {
      Report report = measure(options, folder.path());
      report.write(options.out());
      System.out.println(Page.of(report));
      System.out.println("Written to " + options.out() + ".md and .json");
    }
  }

  private static Report measure(Options options, Path folder) throws Exception {
    String began = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    Machine machine = Machine.here(folder);
    List<Entrant> entrants = new ArrayList<>();
    for (Contender contender : options.contenders()) {
      say("Preparing " + contender.name());
      Session.prepare(contender, folder);
      entrants.add(new Entrant(contender, new ArrayList<>()));
    }
    for (int round = 1; round <= options.settings().rounds(); round++) {
      for (Entrant entrant : round % 2 == 1 ? entrants : entrants.reversed()) {
        Round result = new Session(entrant.contender(), options.settings(), folder).run();
        entrant.rounds().add(result);
        say("Round " + round + ", " + entrant.contender().name() + ": " + brief(result));
      }
    }
    List<Report.Entry> entries = new ArrayList<>();
    for (Entrant entrant : entrants) {
      entries.add(entrant.entry(SyncCount.perMessage(entrant.contender(), folder)));
    }
    return new Report(
        began,
        options.commit(),
        options.quick(),
        options.settings(),
        machine,
        entries,
        stampedStreams(options, folder));
  }

  private static Round.@Nullable StreamResult stampedStreams(Options options, Path folder)
      throws Exception {
    for (Contender contender : options.contenders()) {
      if (options.settings().streams() > 0 && contender instanceof MicroCos ours) {
        return Session.streams(ours, options.settings(), folder);
      }
    }
    return null;
  }

  private static String brief(Round round) {
    StringBuilder text = new StringBuilder();
    for (Round.CellResult cell : round.cells()) {
      text.append(
          "%s %.0f/s p50 %.2f ms; "
              .formatted(cell.cell(), cell.messagesPerSecond(), cell.delivery().p50Millis()));
    }
    return text.append(
            "start %.2f s, RSS %.0f MiB".formatted(round.startSeconds(), round.loadedMebibytes()))
        .toString();
  }

  private static void say(String line) {
    System.err.println(line);
  }
}
