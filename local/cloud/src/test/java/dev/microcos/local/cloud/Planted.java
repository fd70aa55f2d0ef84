package dev.microcos.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Bodies with a secret in every field that their schema marks {@code x-private}. */
final class Planted {

  private Planted() {}

  /**
   * A body that fits.
   *
   * @param secrets is given what stands in the private fields
   */
  static ObjectNode body(String schema, String secret, Set<String> secrets) {
    ObjectNode document = Documents.schema(schema);
    ObjectNode body = (ObjectNode) new Values(new Random(7), secret).whole(document);
    collect(document, body, false, secrets);
    return body;
  }

  /** The body once for each field, with something in that field that cannot be there. */
  static List<ObjectNode> spoilt(ObjectNode body, String secret) {
    List<ObjectNode> spoilt = new ArrayList<>();
    body.fieldNames()
        .forEachRemaining(name -> {
          if (!name.equals("action")) {
            spoilt.add(body.deepCopy().put(name, secret + "\u00e9".repeat(20_000)));
            ObjectNode object = body.deepCopy();
            object.putObject(name).put("of", secret);
            spoilt.add(object);
            ObjectNode list = body.deepCopy();
            list.putArray(name).add(secret);
            spoilt.add(list);
          }
        });
    spoilt.add(body.deepCopy().put("unknown", secret));
    return spoilt;
  }

  private static void collect(
      JsonNode schema, JsonNode value, boolean isPrivate, Set<String> secrets) {
    ObjectNode whole = Documents.resolved(schema);
    boolean here = isPrivate || whole.path("x-private").asBoolean();
    if (value.isTextual() && here && value.asText().length() > 5) {
      secrets.add(value.asText());
    }
    value
        .properties()
        .forEach(field -> {
          JsonNode inner = whole.path("properties").path(field.getKey());
          collect(
              inner.isMissingNode() ? whole.path("additionalProperties") : inner,
              field.getValue(),
              here,
              secrets);
        });
  }
}
