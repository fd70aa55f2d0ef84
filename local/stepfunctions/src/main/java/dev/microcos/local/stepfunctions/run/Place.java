package dev.microcos.local.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What expressions of a state see besides the execution: its input, its variables, and, where there
 * are such, its result, its error, its task's token, the item that a Map state is at.
 */
record Place(
    String state,
    long enteredMillis,
    @Nullable Integer retryCount,
    JsonNode input,
    Map<String, JsonNode> variables,
    @Nullable JsonNode result,
    @Nullable JsonNode errorOutput,
    @Nullable String token,
    int itemIndex,
    @Nullable JsonNode item) {

  /** The state that a branch is in, or is about to enter. */
  static Place of(Branch b, String state, long enteredMillis, @Nullable Integer retryCount) {
    Branch iteration = b.iteration();
    int index = -1;
    JsonNode item = null;
    if (iteration != null && iteration.parent != null) {
      Fan fan = iteration.parent.fan;
      if (fan != null && fan.map != null) {
        index = iteration.index;
        item = fan.map.items().get(index);
      }
    }
    return new Place(
        state, enteredMillis, retryCount, b.input, b.visible(), null, null, null, index, item);
  }

  Place withResult(JsonNode value) {
    return new Place(
        state,
        enteredMillis,
        retryCount,
        input,
        variables,
        value,
        errorOutput,
        token,
        itemIndex,
        item);
  }

  Place withErrorOutput(JsonNode value) {
    return new Place(
        state, enteredMillis, retryCount, input, variables, result, value, token, itemIndex, item);
  }

  Place withToken(String value) {
    return new Place(
        state,
        enteredMillis,
        retryCount,
        input,
        variables,
        result,
        errorOutput,
        value,
        itemIndex,
        item);
  }

  Place withItem(int index, JsonNode value) {
    return new Place(
        state,
        enteredMillis,
        retryCount,
        input,
        variables,
        result,
        errorOutput,
        token,
        index,
        value);
  }
}
