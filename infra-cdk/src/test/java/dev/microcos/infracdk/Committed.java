package dev.microcos.infracdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** A template as it is committed. */
record Committed(Environment environment, String text) {

  static Committed of(Environment environment) {
    try {
      return new Committed(
          environment, Files.readString(Path.of("templates", environment.name() + ".json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<Committed> all() {
    return Environment.ALL.stream().map(Committed::of);
  }

  /** The properties of all resources of a type, by logical id. */
  Stream<Map.Entry<String, JsonNode>> resources(String type) {
    try {
      return new ObjectMapper()
          .readTree(text).get("Resources").properties().stream()
              .filter(entry -> entry.getValue().get("Type").asText().equals(type))
              .map(entry -> Map.entry(entry.getKey(), entry.getValue().get("Properties")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A resource with all that stands beside its properties. */
  JsonNode whole(String logicalId) {
    try {
      return new ObjectMapper().readTree(text).get("Resources").required(logicalId);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The properties of one resource. */
  JsonNode resource(String type, String logicalId) {
    return resources(type)
        .filter(entry -> entry.getKey().equals(logicalId))
        .findAny()
        .orElseThrow()
        .getValue();
  }

  @Override
  public String toString() {
    return environment.name();
  }
}
