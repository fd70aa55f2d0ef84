package dev.microcos.core.wire.tool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The schemas that lie beside the tools of the house. */
final class HouseSchemas {
  private HouseSchemas() {}

  static JsonNode of(String tool) {
    String file = tool + ".schema.json";
    try (InputStream in = HouseSchemas.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is not packed");
      }
      return Json.tree(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
