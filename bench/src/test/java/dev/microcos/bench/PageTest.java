package dev.microcos.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {
  private static final Machine MACHINE =
      new Machine("Some CPU", 2, 24, "Linux", "25", "v20", "ext4", "0.10");

  private static Round round(double figure) {
    Distribution latency = new Distribution(100, figure, 2 * figure, 3 * figure);
    List<Round.CellResult> cells =
        Cell.ALL.stream()
            .map(cell ->
                new Round.CellResult(cell.name(), 1000 / figure, latency, latency, figure, 1, 0))
            .toList();
    return new Round(figure, 10, cells, null, 100 * figure, 2000);
  }

  private static Report report(List<Round> ours, List<Round> theirs) {
    return new Report(
        "2026-11-21T00:00:00Z",
        "abc",
        false,
        Settings.FULL,
        MACHINE,
        List.of(
            new Report.Entry("microcos", "abc", 2.0, ours),
            new Report.Entry("workerd", "1", null, theirs)),
        null);
  }

  @Test
  void shows_medians_and_the_median_of_the_ratios_of_neighbours() {
    Report report =
        report(List.of(round(1), round(2), round(9)), List.of(round(1), round(4), round(18)));

    assertThat(Page.of(report))
        .contains("| start to first delivered frame, s | 2.00 | 4.00 | 0.50 | ≤ 1.50: met |")
        .contains("| 1 client, 16 people: delivery p50, ms | 2.00 | 4.00 | 0.50 | ≤ 1.00: met |")
        .contains("microcos: abc, 2.00 syncs a message of one client.")
        .contains("workerd: 1.\n");
  }

  @Test
  void says_which_goal_is_missed() {
    String page = Page.of(report(List.of(round(4)), List.of(round(2))));

    assertThat(page)
        .contains("| 16 clients, 1 person: messages/s | 250 | 500 | 0.50 | ≥ 1.00: **missed** |")
        .contains("| 16 clients, 16 people: messages/s | 250 | 500 | 0.50 |   |")
        .contains("| RSS after the load, MiB | 400 | 200 | 2.00 | ≤ 0.85: **missed** |");
  }

  @Test
  void stands_beside_a_file_with_every_round(@TempDir Path folder) throws Exception {
    report(List.of(round(1), round(2)), List.of(round(1), round(3)))
        .write(folder.resolve("new/result"));

    assertThat(folder.resolve("new/result.md")).content().startsWith("# Load, 2026-11-21");
    assertThat(Files.readString(folder.resolve("new/result.json")))
        .contains("\"start_seconds\" : 3.0", "\"warm_up\" : \"PT20S\"", "\"p99_millis\"");
  }
}
