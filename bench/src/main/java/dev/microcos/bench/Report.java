package dev.microcos.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The results of a run, as JSON with every round and as a page to read.
 *
 * @param takenAt when the run began, RFC 3339
 * @param commit what was measured
 * @param quick whether this is only a smoke run
 * @param settings how long and how often
 * @param machine where
 * @param contenders in the order of the columns, ours first
 * @param stampedStreams answers of a model that tells when it spoke, null if not measured
 */
record Report(
    String takenAt,
    String commit,
    boolean quick,
    Settings settings,
    Machine machine,
    List<Entry> contenders,
    Round.@Nullable StreamResult stampedStreams) {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new SimpleModule().addSerializer(Duration.class, ToStringSerializer.instance))
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /**
   * One contender's rounds.
   *
   * @param name its name
   * @param version what ran
   * @param syncsPerMessage fsync and fdatasync calls per message of a lone client, null if not
   *     counted
   * @param rounds in the order they ran
   */
  record Entry(String name, String version, @Nullable Double syncsPerMessage, List<Round> rounds) {}

  /** Writes {@code <stem>.json} and {@code <stem>.md}. */
  void write(Path stem) throws IOException {
    Files.createDirectories(stem.toAbsolutePath().getParent());
    Files.writeString(Path.of(stem + ".json"), JSON.writeValueAsString(this) + "\n");
    Files.writeString(Path.of(stem + ".md"), Page.of(this));
  }
}
