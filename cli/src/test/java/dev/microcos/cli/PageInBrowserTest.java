package dev.microcos.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.microcos.local.cloud.LocalCloud;
import dev.microcos.local.cloud.LocalCloudOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in Chromium, by the tests that lie beside the page. Left out, with a line that says so,
 * where Node or Chromium is absent.
 */
class PageInBrowserTest {
  private static final Path WEB = Path.of("..", "web");
  private static final long MINUTES = 15;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void needs_node_and_chromium() {
    need(
        Checks.tool("Node", 20, "", "node", "--version").health() == Finding.Health.GOOD,
        "Node 20 or newer");
    need(Files.isDirectory(WEB.resolve("node_modules/playwright-core")), "the page's packages");
    need(
        Stream.of(
                System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium"),
                "/usr/bin/chromium-browser",
                "/usr/bin/google-chrome")
            .anyMatch(file -> Files.isExecutable(Path.of(file))),
        "Chromium (install it, or name it by CHROMIUM)");
  }

  @Test
  void works_with_the_local_cloud() throws Exception {
    try (LocalCloud cloud =
        LocalCloud.start(LocalCloudOptions.onFreePorts(folder.resolve("data"), Map.of()))) {
      browse(
          Map.of(
              "MICROCOS_URL", cloud.url().toString(),
              "MICROCOS_ADMIN_URL", cloud.adminUrl().toString()));
    }
  }

  @Test
  void bears_a_server_that_restarts_and_refuses() throws Exception {
    browse(Map.of(), "--test-name-pattern=with a server that the test commands");
  }

  private void browse(Map<String, String> environment, String... options)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    List<String> command = new ArrayList<>(List.of("node", "--test"));
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "--test-concurrency=1", "test/browser/page.test.mjs", "test/browser/runs.test.mjs"));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(WEB.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    assertThat(ended && process.exitValue() == 0)
        .as(() -> (ended ? "" : "not done in " + MINUTES + " minutes\n") + read(output))
        .isTrue();
    assertThat(read(output)).as("some test ran").containsPattern("(?m)^\\S* pass [1-9]");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "no output: " + e.getMessage();
    }
  }

  private static void need(boolean there, String what) {
    if (!there) {
      System.err.println("The browser tests are left out: " + what + " is not there.");
    }
    assumeTrue(there, what);
  }
}
