package dev.microcos.local.stepfunctions.expression;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A scope's values for one template: each is converted when the first expression reads it. */
final class Bindings {

  private final Scope scope;
  private final Map<String, Object> converted = new HashMap<>();

  Bindings(Scope scope) {
    this.scope = scope;
  }

  void bind(Set<String> names, Jsonata.Frame frame) {
    for (String name : names) {
      JsonNode value = name.equals("states") ? scope.states() : scope.variables().get(name);
      if (value != null) {
        frame.bind(name, converted.computeIfAbsent(name, key -> Values.toJsonata(value)));
      }
    }
  }
}
