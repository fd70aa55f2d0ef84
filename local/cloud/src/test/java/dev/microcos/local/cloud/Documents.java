package dev.microcos.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The documents of {@code events/}, each reference in them made absolute. */
final class Documents {

  private static final String ROOT = "/dev/microcos/events/";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper YAML = new YAMLMapper();
  private static final Map<String, JsonNode> READ = new ConcurrentHashMap<>();

  private Documents() {}

  /** A document by its path below {@code events/}. */
  static JsonNode read(String path) {
    return READ.computeIfAbsent(path, Documents::load);
  }

  /** A schema by the name that {@code Schemas} knows it by, {@code api/requests/post-task}. */
  static ObjectNode schema(String name) {
    return resolved(read(name + ".schema.json"));
  }

  /** A schema with what it refers to; its own words count more than those. */
  static ObjectNode resolved(JsonNode schema) {
    if (!schema.has("$ref")) {
      return schema.deepCopy();
    }
    ObjectNode whole = resolved(referred(schema.path("$ref").asText()));
    schema
        .properties()
        .forEach(word -> {
          if (!word.getKey().equals("$ref")) {
            whole.set(word.getKey(), word.getValue());
          }
        });
    return whole;
  }

  /** What an absolute reference leads to. */
  static JsonNode referred(String reference) {
    String[] parts = reference.split("#", 2);
    JsonNode document = read(parts[0]);
    return parts.length == 1 || parts[1].isEmpty() ? document : document.at(parts[1]);
  }

  /** The name that {@code Schemas} knows a referred schema by. */
  static String name(JsonNode schema) {
    return schema.path("$ref").asText().replaceAll("\\.schema\\.json$", "");
  }

  private static JsonNode load(String path) {
    try (InputStream in = Documents.class.getResourceAsStream(ROOT + path)) {
      if (in == null) {
        throw new AssertionError("there is no document " + path);
      }
      JsonNode document = (path.endsWith(".yaml") ? YAML : JSON).readTree(in);
      makeAbsolute(document, URI.create("/" + path));
      return document;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void makeAbsolute(JsonNode node, URI document) {
    if (node instanceof ObjectNode object && object.path("$ref").isTextual()) {
      URI target = document.resolve(object.path("$ref").asText());
      object.put("$ref", target.toString().substring(1));
    }
    node.forEach(each -> makeAbsolute(each, document));
  }
}
