package dev.microcos.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * JSON Merge Patch, RFC 7396. A null in a patch takes a field away, so no patch can tell of a null
 * that comes in: {@link #leads} says whether one does what it is for.
 */
public final class MergePatch {

  private MergePatch() {}

  /** The patch that leads from one document to another. */
  public static JsonNode between(JsonNode from, JsonNode to) {
    if (!from.isObject() || !to.isObject()) {
      return to;
    }
    ObjectNode patch = Json.object();
    for (Map.Entry<String, JsonNode> field : to.properties()) {
      JsonNode before = from.get(field.getKey());
      if (before == null) {
        patch.set(field.getKey(), field.getValue());
      } else if (!before.equals(field.getValue())) {
        patch.set(field.getKey(), between(before, field.getValue()));
      }
    }
    for (Map.Entry<String, JsonNode> field : from.properties()) {
      if (!to.has(field.getKey())) {
        patch.putNull(field.getKey());
      }
    }
    return patch;
  }

  /** Whether a patch makes the one document of the other. */
  public static boolean leads(JsonNode from, JsonNode patch, JsonNode to) {
    return apply(from, patch).equals(to);
  }

  /** The document that a patch makes of another; neither is changed. */
  public static JsonNode apply(JsonNode document, JsonNode patch) {
    if (!patch.isObject()) {
      return patch;
    }
    ObjectNode result = document.isObject() ? ((ObjectNode) document).deepCopy() : Json.object();
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      if (field.getValue().isNull()) {
        result.remove(field.getKey());
      } else {
        result.set(field.getKey(), apply(result.path(field.getKey()), field.getValue()));
      }
    }
    return result;
  }
}
