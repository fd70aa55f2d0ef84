package dev.microcos.core.wire.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.wire.DataSchemas;
import dev.microcos.core.wire.Schemas;
import dev.microcos.core.wire.tool.Tool;
import dev.microcos.core.wire.tool.Tools;
import java.util.Map;
import java.util.Set;

/** Looks at what a definition asks of the function that does the steps. */
final class StepCheck {
  private static final Set<String> WAITING = Set.of("ask", "await");
  private static final JsonNode PAYLOAD = FormSchemas.of("payload");

  private final Tools tools;
  private final Set<String> workflows;
  private final Map<String, String> prompts;
  private final Faults faults;

  /**
   * A check.
   *
   * @param workflows the names of all workflows
   * @param prompts the workflow's prompts by name
   */
  StepCheck(Tools tools, Set<String> workflows, Map<String, String> prompts, Faults faults) {
    this.tools = tools;
    this.workflows = workflows;
    this.prompts = prompts;
    this.faults = faults;
  }

  void check(Place place) {
    if (!place.type().equals("Task")) {
      return;
    }
    String name = place.name();
    if (!place.isStep()) {
      faults.add(name, "only ${Steps} may be invoked: a workflow's role allows nothing else");
      return;
    }
    String resource = place.state().path("Resource").asText();
    if (!resource.equals(Place.INVOKE) && !resource.equals(Place.WAITING)) {
      faults.add(name, "Resource must be " + Place.INVOKE + " or " + Place.WAITING);
    }
    JsonNode payload = place.payload();
    boolean sound = true;
    for (Schemas.Fault fault : DataSchemas.faults(PAYLOAD, payload)) {
      if (!Wrapping.isExpression(payload.at(fault.pointer()).asText())) {
        faults.add(name, "Payload" + fault.pointer() + " " + fault.detail());
        sound = false;
      }
    }
    if (sound) {
      named(name, payload);
      waits(place, payload);
    }
  }

  private void named(String name, JsonNode payload) {
    JsonNode with = payload.path("with");
    if (with.path("schema").isObject()) {
      DataSchemas.faultsOf(with.path("schema"))
          .forEach(fault ->
              faults.add(name, "Payload/with/schema" + fault.pointer() + " " + fault.detail()));
    }
    known(name, "prompt", with.path("prompt"), payload, "agent", prompts.keySet());
    known(name, "tool", with.path("tool"), payload, "tool", tools.all().keySet());
    known(name, "workflow", with.path("workflow"), payload, "start", workflows);
    Tool tool = tools.all().get(with.path("tool").asText());
    if (payload.path("handler").asText().equals("tool") && tool != null) {
      JsonNode arguments = with.path("arguments");
      DataSchemas.faults(tool.argumentsSchema(), arguments).stream()
          .filter(fault -> !Wrapping.isExpression(arguments.at(fault.pointer()).asText()))
          .forEach(fault ->
              faults.add(name, "Payload/with/arguments" + fault.pointer() + " " + fault.detail()));
    }
  }

  private void known(
      String state,
      String what,
      JsonNode value,
      JsonNode payload,
      String handler,
      Set<String> known) {
    String named = value.asText();
    if (payload.path("handler").asText().equals(handler)
        && value.isTextual()
        && !Wrapping.isExpression(named)
        && !known.contains(named)) {
      faults.add(state, "there is no " + what + " \"" + named + "\"" + Near.hint(named, known));
    }
  }

  private void waits(Place place, JsonNode payload) {
    String handler = payload.path("handler").asText();
    if (WAITING.contains(handler) && !place.waits()) {
      faults.add(place.name(), handler + " needs the Resource " + Place.WAITING);
    }
    if (place.waits()) {
      if (!WAITING.contains(handler) && !handler.equals("start")) {
        faults.add(place.name(), handler + " waits for nobody: use the Resource " + Place.INVOKE);
      }
      JsonNode timeout = payload.path("with").path("timeout");
      if (timeout.isMissingNode() == !place.state().has("TimeoutSeconds")) {
        faults.add(
            place.name(),
            "a wait needs an end: either with.timeout (as P7D) or the state's TimeoutSeconds");
      } else if (Wrapping.isExpression(timeout.asText())) {
        faults.add(
            place.name(), "with.timeout is no expression; use the state's TimeoutSeconds for one");
      }
    }
  }
}
