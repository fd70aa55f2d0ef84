package dev.microcos.core.wire.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The schemas of what authors write, which lie beside these classes. */
final class FormSchemas {
  private FormSchemas() {}

  static JsonNode of(String name) {
    String file = name + ".schema.json";
    try (InputStream in = FormSchemas.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is not packed");
      }
      return Json.tree(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
