package dev.microcos.local.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.microcos.local.stepfunctions.definition.State;
import dev.microcos.local.stepfunctions.definition.States;
import dev.microcos.local.stepfunctions.history.Event;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of states that follow each other: the execution's own, a branch of a Parallel state, an
 * item of a Map state. Only {@link Course} changes it.
 */
final class Branch {

  final int id;
  final @Nullable Branch parent;
  final int index;
  final States states;

  Map<String, JsonNode> variables = Map.of();
  Phase phase = Phase.READY;

  /** The event that the next one follows. */
  long last;

  /** The event that one about a failed expression follows. */
  long before;

  @Nullable String next;
  JsonNode input = NullNode.getInstance();
  @Nullable JsonNode output;

  @Nullable State state;
  long enteredId;
  long enteredMillis;
  @Nullable Long untilMillis;
  int[] retries = {};
  int retryCount;
  boolean catching;

  /** Whether it is this one that made the state around it fail. */
  boolean culprit;

  /** Whether the Map state around it has counted it as failed. */
  boolean counted;

  Event.@Nullable TaskScheduled task;
  long taskId;
  long startedMillis;
  long beatMillis;
  @Nullable JsonNode submitted;

  @Nullable JsonNode result;
  @Nullable Failure failure;
  @Nullable Reaction reaction;
  @Nullable Fan fan;

  Branch(int id, @Nullable Branch parent, int index, States states, JsonNode input, long last) {
    this.id = id;
    this.parent = parent;
    this.index = index;
    this.states = states;
    this.input = input;
    this.last = last;
    this.next = states.startAt();
  }

  State state() {
    return there(state);
  }

  Event.TaskScheduled task() {
    return there(task);
  }

  Failure failure() {
    return there(failure);
  }

  Fan fan() {
    return there(fan);
  }

  private static <T> T there(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("the history does not fit the definition");
    }
    return value;
  }

  /** Whether nothing above has failed or been given up. */
  boolean isWanted() {
    for (Branch above = parent; above != null; above = above.parent) {
      if (above.phase != Phase.FANNED) {
        return false;
      }
    }
    return true;
  }

  /** The variables that are seen here: those of the branches above, and its own over them. */
  Map<String, JsonNode> visible() {
    if (parent == null) {
      return variables;
    }
    Map<String, JsonNode> above = parent.visible();
    if (variables.isEmpty()) {
      return above;
    }
    Map<String, JsonNode> all = new HashMap<>(above);
    all.putAll(variables);
    return all;
  }

  /** The Map iteration that this branch is or lies in, if it does. */
  @Nullable Branch iteration() {
    for (Branch each = this; each.parent != null; each = each.parent) {
      if (each.parent.state instanceof State.Map) {
        return each;
      }
    }
    return null;
  }
}
