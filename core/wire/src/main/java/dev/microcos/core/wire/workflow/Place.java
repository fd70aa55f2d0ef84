package dev.microcos.core.wire.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A state and where it stands.
 *
 * @param scope the states that it can go to
 * @param within the state whose branch it is in; empty at the top
 * @param branch the index of its branch in a Parallel, -1 elsewhere
 * @param maps how many Maps are around it
 */
record Place(String name, ObjectNode state, ObjectNode scope, String within, int branch, int maps) {

  /** All states, those of branches after the state around them. */
  static List<Place> all(JsonNode definition) {
    List<Place> places = new ArrayList<>();
    collect(definition, "", -1, 0, places);
    return places;
  }

  private static void collect(
      JsonNode states, String within, int branch, int maps, List<Place> places) {
    if (!(states.path("States") instanceof ObjectNode scope)) {
      return;
    }
    for (Map.Entry<String, JsonNode> entry : scope.properties()) {
      if (entry.getValue() instanceof ObjectNode state) {
        String name = entry.getKey();
        places.add(new Place(name, state, scope, within, branch, maps));
        collect(state.path("ItemProcessor"), name, branch, maps + 1, places);
        int index = 0;
        for (JsonNode each : state.path("Branches")) {
          collect(each, name, index++, maps, places);
        }
      }
    }
  }

  String type() {
    return state.path("Type").asText();
  }

  boolean isInBranch() {
    return !within.isEmpty();
  }

  /** The task for the steps' function, if it is one. */
  boolean isStep() {
    return type().equals("Task")
        && state.at("/Arguments/FunctionName").asText().equals(WorkflowDefinition.STEPS);
  }

  /** Whether it waits for its token after the function has returned. */
  boolean waits() {
    return state.path("Resource").asText().equals(WAITING);
  }

  JsonNode payload() {
    return state.at("/Arguments/Payload");
  }

  static final String INVOKE = "arn:aws:states:::lambda:invoke";
  static final String WAITING = INVOKE + ".waitForTaskToken";
}
