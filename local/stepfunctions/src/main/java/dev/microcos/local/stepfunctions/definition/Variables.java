package dev.microcos.local.stepfunctions.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The variables of one scope, which is a machine, a branch or an item processor. An inner scope
 * reads those around it, and may assign none of their names.
 */
final class Variables {

  private static final int LONGEST = 80;

  private final Templates templates;
  private final Set<String> outer;
  private final Set<String> visible;

  Variables(Templates templates, JsonNode states, Set<String> outer) {
    this.templates = templates;
    this.outer = outer;
    visible = new HashSet<>(outer);
    for (JsonNode state : states) {
      state.path("Assign").fieldNames().forEachRemaining(visible::add);
      for (JsonNode rule : state.path("Choices")) {
        rule.path("Assign").fieldNames().forEachRemaining(visible::add);
      }
    }
  }

  /** Reads an Assign, if there is one. */
  @Nullable JsonNode assign(Element element, Set<String> states) {
    JsonNode assign = templates.any(element, "Assign", states);
    if (assign == null) {
      return null;
    }
    if (!assign.isObject()) {
      element.fault("Assign", "Expected value of type [OBJECT]");
    }
    for (var variable : assign.properties()) {
      String name = variable.getKey();
      String at = "Assign/" + name;
      if (!isName(name)) {
        element.fault(at, "'" + name + "' is not a valid variable name");
      } else if (name.equals("states")) {
        element.fault(at, "The variable name 'states' is reserved");
      } else if (outer.contains(name)) {
        element.fault(
            at, "The variable name '" + name + "' was already defined in a parent scope.");
      }
    }
    return assign;
  }

  /** All names that are assigned here and around. */
  Set<String> visible() {
    return visible;
  }

  /** Letters first, then letters, digits and joining marks, as Unicode has it for identifiers. */
  private static boolean isName(String name) {
    return !name.isEmpty()
        && name.codePointCount(0, name.length()) <= LONGEST
        && Character.isUnicodeIdentifierStart(name.codePointAt(0))
        && name.codePoints()
            .allMatch(
                c -> Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
  }
}
