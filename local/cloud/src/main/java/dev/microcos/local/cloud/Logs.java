package dev.microcos.local.cloud;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Where the logs go: {@code functions.log} has what the functions say, as CloudWatch would, {@code
 * cloud0.log} what the services say. The terminal belongs to the command.
 */
final class Logs implements AutoCloseable {
  private static final int MOST_BYTES = 10_000_000;
  private static final int FILES = 2;

  private final Logger logger = Logger.getLogger("dev.microcos.local");
  private final FileHandler file;

  private Logs(FileHandler file) {
    this.file = file;
    logger.setUseParentHandlers(false);
    logger.addHandler(file);
  }

  static Logs to(Path data) throws IOException {
    if (System.getProperty("log4j2.configurationFile") == null) {
      System.setProperty("microcos.logs", data.toAbsolutePath().toString());
      System.setProperty(
          "log4j2.configurationFile", "classpath:dev/microcos/local/cloud/log4j2.xml");
    }
    FileHandler file =
        new FileHandler(data.toAbsolutePath() + "/cloud%g.log", MOST_BYTES, FILES, true);
    file.setFormatter(new SimpleFormatter());
    return new Logs(file);
  }

  @Override
  public void close() {
    logger.removeHandler(file);
    file.close();
  }
}
