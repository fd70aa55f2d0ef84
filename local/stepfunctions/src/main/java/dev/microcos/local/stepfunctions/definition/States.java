package dev.microcos.local.stepfunctions.definition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A machine's states, or those of a branch: where it starts, and the states by name. */
public record States(String startAt, Map<String, State> states) {

  /** Keeps the order of the states. */
  public States {
    states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
  }

  /** The state of this name; a checked definition has every one that it names. */
  public State state(String name) {
    State state = states.get(name);
    if (state == null) {
      throw new IllegalArgumentException("no state is called " + name);
    }
    return state;
  }
}
