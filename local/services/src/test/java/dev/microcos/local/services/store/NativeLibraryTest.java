package dev.microcos.local.services.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {

  /** In a process whose driver finds no folder to unpack anything into. */
  @Test
  void a_store_opens_with_what_was_unpacked(@TempDir Path folder) throws Exception {
    assertThat(NativeLibrary.unpack(folder.resolve("native"))).isTrue();

    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.sqlite.lib.path=" + folder.resolve("native"),
                "-Dorg.sqlite.tmpdir=" + folder.resolve("nowhere"),
                "-cp",
                System.getProperty("java.class.path"),
                KilledProcess.class.getName(),
                folder.resolve("data").toString(),
                "0")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(lines.readLine()).as("the first number that it wrote").matches("\\d+");
    } finally {
      process.destroyForcibly();
    }
    assertThat(folder.resolve("nowhere")).doesNotExist();
  }
}
