package dev.microcos.core.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.domain.log.Document;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** JSON values of unknown shape: as trees here, as canonical texts where the rules carry them. */
public final class DocumentJson {

  private DocumentJson() {}

  /** A tree as a document. */
  public static Document of(JsonNode tree) {
    return new Document(Canonical.text(tree));
  }

  /**
   * A text as a document.
   *
   * @throws IllegalArgumentException if it is not one JSON value, or names a field twice
   */
  public static Document parse(String text) {
    return of(Json.tree(text));
  }

  /** A document as a tree. */
  public static JsonNode tree(Document document) {
    return Json.tree(document.json());
  }

  /** Writes a document as the value of a field. */
  static void field(JsonGenerator out, String field, Document document) throws IOException {
    out.writeFieldName(field);
    out.writeRawValue(document.json());
  }

  static Document in(JsonNode object, String field) {
    JsonNode value = object.get(field);
    if (value == null) {
      throw new IllegalArgumentException("the value " + field + " is missing");
    }
    return of(value);
  }

  static @Nullable Document orNull(JsonNode object, String field) {
    JsonNode value = object.get(field);
    return value == null ? null : of(value);
  }
}
