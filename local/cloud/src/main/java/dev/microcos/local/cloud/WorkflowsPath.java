package dev.microcos.local.cloud;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the folders of the workflows are. */
final class WorkflowsPath {
  private static final String FOLDER = "statemachines";

  private WorkflowsPath() {}

  /**
   * The folder that the variable {@code WORKFLOWS} names, or {@code statemachines} beside the
   * launcher, or the nearest one of that name from the working folder upwards.
   *
   * @throws CloudException if there is none
   */
  static Path of(Map<String, String> variables) {
    String named = variables.getOrDefault("WORKFLOWS", "");
    Path start = Path.of("").toAbsolutePath();
    Path found = named.isBlank() ? usual(start) : start.resolve(named);
    if (found == null || !Files.isDirectory(found)) {
      throw new CloudException(
          "there is no folder of workflows"
              + (named.isBlank() ? " called " + FOLDER + " in " + start + " or above" : " " + named)
              + "; name it by the variable WORKFLOWS");
    }
    return found.normalize();
  }

  private static @Nullable Path usual(Path start) {
    String home = System.getProperty("microcos.home", "");
    Path ofHome = Path.of(home, FOLDER);
    return !home.isEmpty() && Files.isDirectory(ofHome) ? ofHome : upwards(start);
  }

  private static @Nullable Path upwards(Path start) {
    for (Path at = start; at != null; at = at.getParent()) {
      Path folder = at.resolve(FOLDER);
      if (Files.isDirectory(folder)) {
        return folder;
      }
    }
    return null;
  }
}
