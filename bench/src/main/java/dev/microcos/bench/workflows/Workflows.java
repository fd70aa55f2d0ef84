package dev.microcos.bench.workflows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The program behind {@code bench/workflows}. */
public final class Workflows {

  private Workflows() {}

  /** Measures {@code microcos} or {@code restate}, as the first argument says. */
  public static void main(String[] arguments) throws Exception {
    List<String> options = List.of(arguments);
    String system = options.isEmpty() ? "microcos" : options.getFirst();
    Path folder = Files.createTempDirectory("microcos-workflows");
    try (WorkflowEngine engine = open(system, folder)) {
      Procedure.run(system, engine, options.contains("--quick"));
    } finally {
      delete(folder);
    }
    System.exit(0);
  }

  private static WorkflowEngine open(String system, Path folder) throws Exception {
    return switch (system) {
      case "microcos" -> new LocalEngine(folder);
      case "restate" -> new RestateServer(folder);
      default -> throw new IllegalArgumentException("no such system here: " + system);
    };
  }

  private static void delete(Path folder) throws Exception {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
