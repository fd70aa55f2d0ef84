package dev.microcos.local.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.microcos.local.stepfunctions.history.Event;
import dev.microcos.local.stepfunctions.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The branches of a Parallel state, or the items of a Map state as far as they were begun. */
final class Fan {

  final List<Branch> children = new ArrayList<>();
  final Event.@Nullable MapStateStarted map;

  /** The event by which the last of those that are done was done. */
  long lastFinished;

  /** The event that the next item's beginning follows. */
  long follows;

  int running;
  int failed;

  Fan(Event.@Nullable MapStateStarted map, long started) {
    this.map = map;
    this.lastFinished = started;
    this.follows = started;
  }

  boolean allDone(int parallelBranches) {
    int all = map == null ? parallelBranches : map.items().size();
    return running == 0 && children.size() == all;
  }

  boolean canBegin() {
    return map != null
        && children.size() < map.items().size()
        && (map.maxConcurrency() == 0 || running < map.maxConcurrency());
  }

  /** Whether AWS names the threshold, not the item's own error, when too many have failed. */
  boolean tolerates() {
    return map != null
        && (map.toleratedFailureCount() != null || map.toleratedFailurePercentage() != null);
  }

  boolean tooManyFailed() {
    if (map == null || failed == 0) {
      return failed > 0;
    }
    if (!tolerates()) {
      return true;
    }
    Integer count = map.toleratedFailureCount();
    Double percentage = map.toleratedFailurePercentage();
    return (count != null && failed > count)
        || (percentage != null && failed * 100.0 > percentage * map.items().size());
  }

  /** The outputs in order; items whose failure is tolerated have none. */
  ArrayNode result() {
    ArrayNode result = Json.array();
    for (Branch child : children) {
      JsonNode output = child.output;
      if (output != null) {
        result.add(output);
      }
    }
    return result;
  }
}
