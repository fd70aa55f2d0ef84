package dev.microcos.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the figures were taken on.
 *
 * @param processor its model
 * @param cores how many processors are online
 * @param memoryGibibytes main memory
 * @param system the operating system and kernel
 * @param java the runtime of the load program
 * @param node the runtime of the peer's front
 * @param fileSystem where the data folders lie
 * @param loadAverage over one minute, as the run began
 */
record Machine(
    String processor,
    int cores,
    long memoryGibibytes,
    String system,
    String java,
    String node,
    String fileSystem,
    String loadAverage) {

  /** This machine; {@code data} is where contenders keep their files. */
  static Machine here(Path data) throws IOException, InterruptedException {
    long kibibytes = Long.parseLong(value("/proc/meminfo", "MemTotal").replaceAll("\\D", ""));
    return new Machine(
        value("/proc/cpuinfo", "model name"),
        Runtime.getRuntime().availableProcessors(),
        Math.round(kibibytes / 1048576.0),
        value("/etc/os-release", "PRETTY_NAME").replace("\"", "")
            + ", Linux "
            + System.getProperty("os.version"),
        Runtime.version().toString(),
        nodeVersion(),
        Files.getFileStore(data).type(),
        Files.readString(Path.of("/proc/loadavg")).substring(0, 4));
  }

  private static String value(String file, String key) throws IOException {
    return Files.readString(Path.of(file))
        .lines()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(line.indexOf(line.contains("=") ? '=' : ':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }

  private static String nodeVersion() throws InterruptedException {
    try {
      Process node = new ProcessBuilder("node", "--version").start();
      String version = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return node.waitFor() == 0 ? version.strip() : "none";
    } catch (IOException absent) {
      return "none";
    }
  }
}
