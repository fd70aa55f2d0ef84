package dev.microcos.core.wire.workflow;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads JSON that people write, and says where it is none. */
final class JsonFile {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonFile() {}

  /** The object that the file holds; if there is none, that is a fault. */
  static Optional<ObjectNode> read(Path file, Faults faults) {
    if (!Files.isRegularFile(file)) {
      faults.add("the file is missing");
      return Optional.empty();
    }
    try {
      JsonNode tree = MAPPER.readTree(Files.readString(file));
      if (tree instanceof ObjectNode object) {
        return Optional.of(object);
      }
      faults.add("must hold a JSON object");
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      faults.add(
          (at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ")
              + e.getOriginalMessage());
    } catch (IOException e) {
      faults.add("cannot be read: " + e.getMessage());
    }
    return Optional.empty();
  }
}
