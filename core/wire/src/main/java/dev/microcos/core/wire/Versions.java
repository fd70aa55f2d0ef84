package dev.microcos.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Brings what an earlier release wrote into today's form, one version a step. Fields that a later
 * release adds need no new version: readers pass them by. What they must not pass by gets one.
 *
 * @param what of what, for the reader of a failure
 * @param steps the first leads from version 1 to 2, the next from 2 to 3, and so on
 */
record Versions(String what, List<UnaryOperator<ObjectNode>> steps) {

  private static final String VERSION = "version";

  /** The version that this release writes. */
  int newest() {
    return steps.size() + 1;
  }

  /**
   * The same in today's form.
   *
   * @throws UnknownTypeException if a later release wrote it; trying again later may help
   * @throws IllegalArgumentException if it has no version that ever was
   */
  JsonNode today(JsonNode written) {
    long version = Json.number(written, VERSION);
    if (version > newest()) {
      throw new UnknownTypeException("version " + version + " of " + what);
    }
    if (version < 1 || !(written instanceof ObjectNode object)) {
      throw new IllegalArgumentException("there was no version " + version + " of " + what);
    }
    ObjectNode today = object;
    for (long step = version; step < newest(); step++) {
      today = steps.get((int) step - 1).apply(today.deepCopy()).put(VERSION, (int) step + 1);
    }
    return today;
  }
}
