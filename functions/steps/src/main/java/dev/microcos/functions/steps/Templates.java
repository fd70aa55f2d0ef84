package dev.microcos.functions.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import dev.microcos.core.wire.DocumentJson;
import dev.microcos.core.wire.Json;

/**
 * Fills in the texts that the loader marked as templates, from the state. What a model is given
 * stands between fences: it is data, whoever wrote it.
 */
final class Templates {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Templates() {}

  /**
   * Fills in one template.
   *
   * @throws Permanent naming what the state does not have
   */
  static String render(String template, JsonNode state, boolean fenced) {
    try {
      return Mustache.compiler()
          .escapeHTML(false)
          .withFormatter(value -> fenced ? fence(text(value)) : text(value))
          .compile(template)
          .execute(MAPPER.convertValue(state, Object.class));
    } catch (MustacheException.Context e) {
      throw new Permanent(
          "missing_value", "the template names {{" + e.key + "}}, which the state does not have");
    } catch (MustacheException e) {
      throw new Permanent("bad_template", String.valueOf(e.getMessage()));
    }
  }

  private static String text(Object value) {
    return value instanceof String text ? text : DocumentJson.of(MAPPER.valueToTree(value)).json();
  }

  /** No text can close its fence, or open another. */
  private static String fence(String text) {
    return "<<<data\n" + text.replace("<<<", "< < <").replace(">>>", "> > >") + "\ndata>>>";
  }

  static ObjectNode emptyIfMissing(JsonNode object) {
    return object instanceof ObjectNode given ? given : Json.object();
  }
}
