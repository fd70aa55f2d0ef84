package dev.microcos.local.stepfunctions.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a whole machine, and the smaller ones in its Parallel and Map states. */
final class MachineReader {

  private static final int LONGEST_NAME = 80;
  private static final List<String> LANGUAGES = List.of("JSONPath", "JSONata");

  private final Faults faults = new Faults();
  private final Templates templates = new Templates(faults);
  private final Transitions transitions = new Transitions(faults);
  private final Map<String, String> pathsByName = new HashMap<>();
  private Language language = Language.JSONATA;

  static Definition read(JsonNode definition) throws InvalidDefinitionException {
    return new MachineReader().machine(definition);
  }

  private Definition machine(JsonNode definition) throws InvalidDefinitionException {
    if (!definition.isObject()) {
      faults.schema("/", "Definition must be a valid JSON object");
      faults.throwIfAny();
    }
    Element machine = new Element("", definition, faults);
    language =
        "JSONata".equals(machine.oneOf("QueryLanguage", LANGUAGES))
            ? Language.JSONATA
            : Language.JSONPATH;
    machine.oneOf("Version", List.of("1.0"));
    Integer timeout = machine.integer("TimeoutSeconds", 1, 99_999_999);
    String comment = machine.text("Comment");
    States states = states(machine, Set.of());
    machine.finish(Language.JSONATA);
    faults.throwIfAny();
    return new Definition(comment, timeout == null ? null : timeout.longValue(), states);
  }

  /** The states of a machine, a branch or an item processor. */
  States states(Element container, Set<String> outerVariables) {
    String startAt = container.requireText("StartAt");
    JsonNode states = container.require("States");
    Map<String, State> read = new LinkedHashMap<>();
    if (states.isObject()) {
      transitions.check(container, startAt, states);
      if (states.isEmpty()) {
        container.fault("States", "Value cannot be empty");
      }
      Variables variables = new Variables(templates, states, outerVariables);
      Scope scope = new Scope(this, templates, variables);
      for (var entry : states.properties()) {
        String path = container.path("States") + "/" + entry.getKey();
        State state = state(path, entry.getKey(), entry.getValue(), scope);
        if (state != null) {
          read.put(entry.getKey(), state);
        }
      }
    } else if (!states.isMissingNode()) {
      container.fault("States", "Expected value of type [OBJECT]");
    }
    return new States(startAt, read);
  }

  private @Nullable State state(String path, String name, JsonNode json, Scope scope) {
    Element state = new Element(path, json, faults);
    if (!json.isObject()) {
      return null;
    }
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      state.fault("A state's name has from 1 to " + LONGEST_NAME + " characters");
    }
    String other = pathsByName.putIfAbsent(name, path);
    if (other != null) {
      state.fault("The name '" + name + "' is taken by the state at " + other);
    }
    return new StateReader(scope, state, name, language(state)).read();
  }

  private Language language(Element state) {
    String own = state.oneOf("QueryLanguage", LANGUAGES);
    if ("JSONPath".equals(own) && language == Language.JSONATA) {
      state.fault(
          "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine");
      return Language.JSONPATH;
    }
    Language effective =
        own == null ? language : own.equals("JSONPath") ? Language.JSONPATH : Language.JSONATA;
    if (effective == Language.JSONPATH) {
      state.fault("The QueryLanguage 'JSONPath' is not supported, set it to 'JSONata'");
    }
    return effective;
  }

  /** What the states of one scope have in common. */
  record Scope(MachineReader machine, Templates templates, Variables variables) {}
}
