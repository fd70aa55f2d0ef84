package dev.microcos.functions.steps;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.wire.Json;
import java.util.Optional;

/** Finds the JSON in what a model says: models like to put words or fences around it. */
final class Replies {
  private Replies() {}

  /** The reply as JSON, or the JSON within it. */
  static Optional<JsonNode> json(String reply) {
    Optional<JsonNode> whole = parsed(reply.strip());
    if (whole.isPresent()) {
      return whole;
    }
    int begin = first(reply.indexOf('{'), reply.indexOf('['));
    int end = Math.max(reply.lastIndexOf('}'), reply.lastIndexOf(']'));
    return begin < 0 || end < begin ? Optional.empty() : parsed(reply.substring(begin, end + 1));
  }

  private static int first(int one, int other) {
    return one < 0 || other < 0 ? Math.max(one, other) : Math.min(one, other);
  }

  private static Optional<JsonNode> parsed(String text) {
    try {
      return Optional.of(Json.given(text));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }
}
