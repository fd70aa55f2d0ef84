package dev.microcos.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The module's files: read from its folders, validated as they lie in the jar. */
final class Documents {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final String ROOT = "classpath:dev/microcos/events/";
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private Documents() {}

  /** The files of a folder of this module, at any depth, whose name ends so. */
  static List<Path> files(String folder, String ending) {
    try (Stream<Path> found = Files.walk(Path.of(folder))) {
      return found.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The event types, from the names of their schemas. */
  static List<String> types() {
    return files("envelopes", ".schema.json").stream()
        .map(file -> nameOf(file, ".schema.json"))
        .filter(name -> !name.equals("common") && !name.equals("envelope"))
        .toList();
  }

  static String nameOf(Path file, String ending) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.length() - ending.length());
  }

  static ObjectNode read(Path file) {
    try {
      return (ObjectNode) JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** JSON in which single quotes stand for double ones. */
  static ObjectNode json(String text) {
    try {
      return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectNode sample(String type) {
    return read(Path.of("envelopes", type + ".sample.json"));
  }

  /** What the schema at a path below {@code events/} finds wrong, as {@code pointer keyword}. */
  static List<String> faults(String schema, JsonNode value) {
    return schema(schema).validate(value).stream().map(Documents::fault).toList();
  }

  private static Schema schema(String path) {
    return REGISTRY.getSchema(SchemaLocation.of(ROOT + path));
  }

  private static String fault(Error error) {
    return error.getInstanceLocation() + " " + error.getKeyword();
  }
}
