package dev.microcos.local.services.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code kill -9} in the middle of the writing leaves behind. */
class KillTest {

  private static final int WRITES = 400;

  @Test
  void everything_that_was_acknowledged_is_there(@TempDir Path folder) throws Exception {
    Set<Integer> acknowledged = new HashSet<>();
    for (int life = 1; life <= 3; life++) {
      acknowledged.addAll(writeUntilKilled(folder, life * 1_000_000));
      try (Store store = Store.open(folder)) {
        assertThat(text(store, "PRAGMA integrity_check")).containsExactly("ok");
        Set<Integer> found = new HashSet<>();
        text(store, "SELECT number FROM number").forEach(n -> found.add(Integer.valueOf(n)));
        assertThat(found).hasSizeGreaterThanOrEqualTo(life * WRITES).containsAll(acknowledged);
      }
    }
  }

  private static Set<Integer> writeUntilKilled(Path folder, int from) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledProcess.class.getName(),
                folder.toString(),
                Integer.toString(from))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Set<Integer> acknowledged = new HashSet<>();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String line = lines.readLine();
      while (line != null) {
        if (line.length() == Integer.toString(from).length()) {
          acknowledged.add(Integer.valueOf(line));
        }
        if (acknowledged.size() == WRITES) {
          // by its handle, which leaves the pipe open: what it had acknowledged is read to the end
          assertThat(process.toHandle().destroyForcibly()).isTrue();
        }
        line = lines.readLine();
      }
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor()).as("killed").isEqualTo(128 + 9);
    return acknowledged;
  }

  private static List<String> text(Store store, String sql) {
    return store.read(session -> {
      List<String> rows = new ArrayList<>();
      try (var row = session.statement(sql).executeQuery()) {
        while (row.next()) {
          rows.add(row.getString(1));
        }
      }
      return rows;
    });
  }
}
