package dev.microcos.core.wire.workflow;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks at a definition as a graph: states that lead somewhere, names that are there, expressions
 * that can be read. What a state's fields may hold, Step Functions itself checks.
 */
final class DefinitionCheck {
  private static final Set<String> TYPES =
      Set.of("Pass", "Task", "Choice", "Wait", "Succeed", "Fail", "Parallel", "Map");
  private static final Set<String> WITHOUT_NEXT = Set.of("Choice", "Succeed", "Fail");
  private static final Set<String> JSON_PATH =
      Set.of("InputPath", "OutputPath", "ResultPath", "Parameters", "ResultSelector", "ItemsPath");

  /** 80 characters are the limit of Step Functions; the loader adds to the names of questions. */
  private static final int LONGEST_NAME = 60;

  private final JsonNode definition;
  private final List<Place> places;
  private final Faults faults;

  DefinitionCheck(JsonNode definition, Faults faults) {
    this.definition = definition;
    this.places = Place.all(definition);
    this.faults = faults;
  }

  void check() {
    if (!definition.path("QueryLanguage").asText().equals("JSONata")) {
      faults.add("\"QueryLanguage\": \"JSONata\" is required");
    }
    scope(definition, "");
    Set<String> seen = new HashSet<>();
    for (Place place : places) {
      if (!seen.add(place.name())) {
        faults.add(place.name(), "another state has this name");
      }
      state(place);
    }
  }

  private void scope(JsonNode scope, String within) {
    JsonNode states = scope.path("States");
    if (!states.isObject() || states.isEmpty()) {
      faults.add(within, "States must hold a state at least");
      return;
    }
    String start = scope.path("StartAt").asText();
    if (!states.has(start)) {
      faults.add(within, "StartAt names \"" + start + "\", which is no state here");
      return;
    }
    Set<String> reached = new HashSet<>();
    List<String> open = new ArrayList<>(List.of(start));
    while (!open.isEmpty()) {
      String name = open.removeLast();
      if (states.has(name) && reached.add(name)) {
        open.addAll(targets(states.path(name)));
      }
    }
    states
        .fieldNames()
        .forEachRemaining(name -> {
          if (!reached.contains(name)) {
            faults.add(name, "no other state leads here");
          }
        });
  }

  private void state(Place place) {
    ObjectNode state = place.state();
    String name = place.name();
    String type = place.type();
    if (name.isBlank() || name.length() > LONGEST_NAME || name.startsWith(Wrapping.BEGIN)) {
      faults.add(
          name,
          "a name has 1 to " + LONGEST_NAME + " characters and does not begin with Begin run");
    }
    if (!TYPES.contains(type)) {
      faults.add(name, "Type must be one of " + TYPES.stream().sorted().toList());
      return;
    }
    for (String field : JSON_PATH) {
      if (state.has(field)) {
        faults.add(name, field + " is JSONPath's; use JSONata's Arguments and Output");
      }
    }
    if (!WITHOUT_NEXT.contains(type) && state.has("Next") == state.path("End").asBoolean()) {
      faults.add(name, "needs either Next or \"End\": true");
    }
    for (String target : targets(state)) {
      if (!place.scope().has(target)) {
        faults.add(name, "leads to \"" + target + "\", which is no state here");
      }
    }
    if (type.equals("Map")) {
      if (place.maps() > 0) {
        faults.add(name, "a Map in a Map; start a workflow of its own for the inner one");
      }
      scope(state.path("ItemProcessor"), name);
    }
    if (type.equals("Parallel")) {
      if (state.path("Branches").isEmpty()) {
        faults.add(name, "Branches must hold a branch at least");
      }
      state.path("Branches").forEach(branch -> scope(branch, name));
    }
    expressions(name, state, "");
  }

  private static List<String> targets(JsonNode state) {
    List<String> targets = new ArrayList<>();
    for (String field : List.of("Next", "Default")) {
      if (state.has(field)) {
        targets.add(state.path(field).asText());
      }
    }
    state.path("Choices").forEach(choice -> targets.add(choice.path("Next").asText()));
    state.path("Catch").forEach(catcher -> targets.add(catcher.path("Next").asText()));
    return targets;
  }

  private void expressions(String name, JsonNode node, String pointer) {
    if (node.isTextual()) {
      expression(name, node.asText(), pointer);
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!Set.of("States", "Branches").contains(field.getKey())) {
        expressions(name, field.getValue(), pointer + "/" + field.getKey());
      }
    }
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        expressions(name, node.get(i), pointer + "/" + i);
      }
    }
  }

  private void expression(String name, String text, String pointer) {
    if (!text.startsWith("{%")) {
      return;
    }
    if (!Wrapping.isExpression(text)) {
      faults.add(name, pointer + ": an expression ends in %}");
      return;
    }
    try {
      Jsonata _ = Jsonata.jsonata(text.substring(2, text.length() - 2));
    } catch (JException e) {
      faults.add(name, pointer + ": " + e.getMessage());
    }
  }
}
