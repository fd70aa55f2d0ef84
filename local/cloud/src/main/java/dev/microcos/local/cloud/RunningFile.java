package dev.microcos.local.cloud;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Says in the data folder which process runs on it and where it listens; gone when it stops. */
final class RunningFile implements AutoCloseable {
  private final Path file;

  private RunningFile(Path file) {
    this.file = file;
  }

  static RunningFile write(Path folder, Ports ports) throws IOException {
    String json =
        "{\"pid\":%d,\"port\":%d,\"admin_port\":%d,\"aws_port\":%d}%n"
            .formatted(ProcessHandle.current().pid(), ports.front(), ports.admin(), ports.aws());
    Path file = folder.resolve("running.json");
    Path draft = folder.resolve("running.json.new");
    Files.writeString(draft, json);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return new RunningFile(file);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
