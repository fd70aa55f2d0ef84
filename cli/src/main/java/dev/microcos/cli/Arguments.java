package dev.microcos.cli;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Data as it is given on a command line: {@code key=value} and {@code @file}. */
final class Arguments {
  private Arguments() {}

  /**
   * The object of these words; a later one wins.
   *
   * @param schema what the object is to fit, so that 42 for a text is the text "42"; may be missing
   */
  static ObjectNode object(List<String> words, JsonNode schema) {
    ObjectNode object = Json.object();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (word.startsWith("@")) {
        object.setAll(file(word.substring(1)));
      } else if (equals > 0) {
        String key = word.substring(0, equals);
        object.set(key, value(word.substring(equals + 1), schema.path("properties").path(key)));
      } else {
        throw Failure.wrongUse(
            "neither key=value nor @file: " + word, "write it as key=" + word + ", or @FILE.json");
      }
    }
    return object;
  }

  /** A value: JSON if it is that, else text; text in any case where the schema wants one. */
  static JsonNode value(String word, JsonNode schema) {
    JsonNode read = word.isBlank() ? TextNode.valueOf(word) : Json.read(word);
    boolean text = read.isMissingNode() || (wantsText(schema) && !read.isTextual());
    return text ? TextNode.valueOf(word) : read;
  }

  private static boolean wantsText(JsonNode schema) {
    JsonNode options = schema.path("enum");
    return schema.path("type").asText().equals("string")
        || (!options.isEmpty() && options.at(JsonPointer.compile("/0")).isTextual());
  }

  private static ObjectNode file(String name) {
    try {
      if (Json.read(Files.readString(Path.of(name))) instanceof ObjectNode object) {
        return object;
      }
    } catch (IOException e) {
      throw Failure.wrongUse("cannot read " + name, "name a file that is there, as @FILE.json");
    }
    throw Failure.wrongUse(name + " holds no JSON object", "let it hold {\"key\": value, …}");
  }
}
