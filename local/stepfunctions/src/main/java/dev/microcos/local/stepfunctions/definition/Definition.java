package dev.microcos.local.stepfunctions.definition;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** A whole machine: its states, and how long an execution may take at most (null: unlimited). */
public record Definition(@Nullable String comment, @Nullable Long timeoutSeconds, States states) {

  /**
   * Reads a definition and checks it whole.
   *
   * @throws InvalidDefinitionException with all faults, each by path and reason; JSONPath is one
   */
  public static Definition parse(JsonNode definition) throws InvalidDefinitionException {
    return MachineReader.read(definition);
  }
}
