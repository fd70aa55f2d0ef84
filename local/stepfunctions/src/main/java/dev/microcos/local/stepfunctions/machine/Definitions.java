package dev.microcos.local.stepfunctions.machine;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.microcos.local.stepfunctions.definition.Definition;
import dev.microcos.local.stepfunctions.definition.Fault;
import dev.microcos.local.stepfunctions.definition.InvalidDefinitionException;
import dev.microcos.local.stepfunctions.json.Json;
import java.util.List;

/** Reads definitions from their texts. */
public final class Definitions {

  private Definitions() {}

  /**
   * Reads and checks a definition.
   *
   * @throws InvalidDefinitionException with all that is wrong; a text that is no JSON has one fault
   *     whose path is empty
   */
  public static Definition parse(String text) throws InvalidDefinitionException {
    try {
      return Definition.parse(Json.read(text));
    } catch (JsonProcessingException e) {
      throw new InvalidDefinitionException(
          List.of(
              new Fault("INVALID_JSON_DESCRIPTION", "", String.valueOf(e.getOriginalMessage()))));
    }
  }
}
