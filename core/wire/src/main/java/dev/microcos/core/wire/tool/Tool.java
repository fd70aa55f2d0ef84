package dev.microcos.core.wire.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** Something that a step can have done by name. */
public interface Tool {

  /** The name that steps and models call it by. */
  String name();

  /** What it does, in a sentence. */
  String description();

  /** The JSON Schema of its arguments. */
  JsonNode argumentsSchema();

  /**
   * Does it.
   *
   * @param arguments fit the schema
   * @param now the time of the call
   * @throws ToolFailure if it cannot
   */
  JsonNode call(ObjectNode arguments, Instant now);
}
