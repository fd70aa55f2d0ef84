package dev.microcos.local.stepfunctions.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Where the states of one scope lead: to states that are there, all of them reached, to an end. */
final class Transitions {

  private final Faults faults;

  Transitions(Faults faults) {
    this.faults = faults;
  }

  void check(Element container, String startAt, JsonNode states) {
    boolean whole = target(container.path("StartAt"), startAt, states);
    boolean ends = states.isEmpty();
    for (var entry : states.properties()) {
      JsonNode state = entry.getValue();
      String path = container.path("States") + "/" + entry.getKey();
      for (var target : targets(state).entrySet()) {
        whole &= target(path + "/" + target.getKey(), target.getValue(), states);
      }
      ends |= isEnd(state);
    }
    if (!ends) {
      faults.add(
          Fault.END,
          container.path().isEmpty() ? "/" : container.path(),
          "Workflow has no terminal state");
    } else if (whole) {
      // With a target missing, what it should have reached would only be told twice.
      checkReached(container, startAt, states);
    }
  }

  private boolean target(String path, String name, JsonNode states) {
    if (name.isEmpty() || states.has(name)) {
      return !name.isEmpty();
    }
    faults.add(Fault.TARGET, path, "Missing 'Next' target: " + name);
    return false;
  }

  private void checkReached(Element container, String startAt, JsonNode states) {
    Set<String> reached = new HashSet<>(Set.of(startAt));
    Deque<String> open = new ArrayDeque<>(Set.of(startAt));
    while (!open.isEmpty()) {
      for (String next : targets(states.path(open.remove())).values()) {
        if (reached.add(next)) {
          open.add(next);
        }
      }
    }
    for (var entry : states.properties()) {
      if (!reached.contains(entry.getKey())) {
        faults.add(
            Fault.TARGET,
            container.path("States") + "/" + entry.getKey(),
            "State \"" + entry.getKey() + "\" is not reachable.");
      }
    }
  }

  private static boolean isEnd(JsonNode state) {
    String type = state.path("Type").asText();
    return type.equals("Succeed") || type.equals("Fail") || state.path("End").asBoolean();
  }

  /** The names of the next states by the place where they stand. */
  private static Map<String, String> targets(JsonNode state) {
    Map<String, String> targets = new LinkedHashMap<>();
    add(targets, "Next", state.path("Next"));
    add(targets, "Default", state.path("Default"));
    for (int i = 0; i < state.path("Choices").size(); i++) {
      add(targets, "Choices[" + i + "]/Next", state.path("Choices").path(i).path("Next"));
    }
    for (int i = 0; i < state.path("Catch").size(); i++) {
      add(targets, "Catch[" + i + "]/Next", state.path("Catch").path(i).path("Next"));
    }
    return targets;
  }

  private static void add(Map<String, String> targets, String place, JsonNode name) {
    if (name.isTextual() && !name.textValue().isEmpty()) {
      targets.put(place, name.textValue());
    }
  }
}
