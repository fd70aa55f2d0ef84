package dev.microcos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder that holds all of a local cloud's data, and while it runs a file that says where.
 *
 * @param path the folder; it may not be there yet
 */
record DataFolder(Path path) {
  /** Written by the local cloud while it runs: {@code {pid, port, admin_port, aws_port}}. */
  static final String RUNNING = "running.json";

  /** The file that says where it runs. */
  Path file() {
    return path.resolve(RUNNING);
  }

  /** The cloud that runs on this folder. A file left by a dead process counts as none. */
  Optional<Running> running() {
    if (!Files.isRegularFile(file())) {
      return Optional.empty();
    }
    JsonNode found;
    try {
      found = Json.read(Files.readString(file()));
    } catch (IOException e) {
      return Optional.empty();
    }
    Running running =
        new Running(
            found.path("pid").asLong(),
            found.path("port").asInt(),
            found.path("admin_port").asInt(),
            found.path("aws_port").asInt());
    return Optional.of(running).filter(Running::alive);
  }

  /** The cloud that runs on this folder, or the failure that says how to start it. */
  Running needRunning() {
    return running()
        .orElseThrow(() ->
            Failure.unreachable(
                "no local cloud is running on " + path,
                "start it with ./microcos up, or name its folder with --data"));
  }

  /** Whether the folder holds a local cloud's data, so that it may be deleted. */
  boolean isOurs() throws IOException {
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (var files = Files.list(path)) {
      return files.anyMatch(
          file -> file.getFileName().toString().endsWith(".db") || file.endsWith(RUNNING));
    }
  }
}
