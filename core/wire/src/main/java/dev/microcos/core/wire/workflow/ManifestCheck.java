package dev.microcos.core.wire.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.wire.DataSchemas;
import dev.microcos.core.wire.Json;
import dev.microcos.core.wire.Schemas;
import dev.microcos.core.wire.schedule.ScheduleExpression;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Looks at {@code workflow.json} and reads its triggers. */
final class ManifestCheck {
  private static final JsonNode FORM = FormSchemas.of("workflow");

  private final ObjectNode manifest;
  private final Faults faults;

  ManifestCheck(ObjectNode manifest, Faults faults) {
    this.manifest = manifest;
    this.faults = faults;
  }

  /** Whether the rest of the folder can be looked at. */
  boolean check() {
    List<Schemas.Fault> found = DataSchemas.faults(FORM, manifest);
    found.stream()
        .map(fault -> (fault.pointer() + " " + fault.detail()).strip())
        .distinct()
        .forEach(faults::add);
    if (!found.isEmpty()) {
      return false;
    }
    schema("/input", manifest.path("input"));
    Set<String> seen = new HashSet<>();
    int index = 0;
    for (JsonNode trigger : manifest.path("triggers")) {
      String at = "/triggers/" + index++;
      if (trigger.has("schema")) {
        schema(at + "/schema", trigger.path("schema"));
      }
      if (trigger.has("schedule")) {
        schedule(at, trigger);
      }
      if (!seen.add(key(trigger))) {
        faults.add(at + " is there twice");
      }
    }
    return true;
  }

  private void schema(String at, JsonNode schema) {
    DataSchemas.faultsOf(schema)
        .forEach(fault -> faults.add(at + fault.pointer() + " " + fault.detail()));
  }

  private void schedule(String at, JsonNode trigger) {
    try {
      ScheduleExpression _ =
          ScheduleExpression.parse(trigger.path("schedule").asText(), zone(trigger), Instant.EPOCH);
    } catch (IllegalArgumentException e) {
      faults.add(at + "/schedule: " + e.getMessage());
    }
    JsonNode input = trigger.has("input") ? trigger.path("input") : Json.object();
    DataSchemas.faults(manifest.path("input"), input)
        .forEach(fault -> faults.add(at + "/input" + fault.pointer() + " " + fault.detail()));
  }

  private static String key(JsonNode trigger) {
    return trigger.has("webhook")
        ? "webhook " + trigger.path("webhook").asText()
        : trigger.has("signal")
            ? "signal " + trigger.path("signal").asText()
            : "schedule " + trigger.path("schedule").asText() + zone(trigger);
  }

  private static String zone(JsonNode trigger) {
    return trigger.path("time_zone").asText("UTC");
  }

  /** The triggers of a manifest that is in order. */
  static List<Trigger> triggers(ObjectNode manifest) {
    List<Trigger> triggers = new ArrayList<>();
    for (JsonNode each : manifest.path("triggers")) {
      if (each.has("webhook")) {
        triggers.add(
            new Trigger.Webhook(
                each.path("webhook").asText(),
                each.path("secret").asText(),
                each.path("owner").asText(),
                each.path("signal").asText()));
      } else if (each.has("signal")) {
        triggers.add(new Trigger.Signal(each.path("signal").asText(), each.path("schema")));
      } else {
        triggers.add(
            new Trigger.Schedule(
                each.path("schedule").asText(),
                zone(each),
                each.path("input") instanceof ObjectNode input ? input : Json.object(),
                each.path("owner").asText()));
      }
    }
    return List.copyOf(triggers);
  }
}
