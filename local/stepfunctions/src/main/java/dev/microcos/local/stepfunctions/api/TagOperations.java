package dev.microcos.local.stepfunctions.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.stepfunctions.json.Json;
import dev.microcos.local.stepfunctions.machine.Machine;
import dev.microcos.local.stepfunctions.machine.Machines;
import dev.microcos.local.stepfunctions.run.Refusal;
import java.util.Map;
import java.util.TreeMap;

/** Tags of machines. */
final class TagOperations {

  private final Machines machines;

  TagOperations(Machines machines) {
    this.machines = machines;
  }

  Map<String, StepFunctionsApi.Operation> all() {
    return Map.of(
        "TagResource", this::tag,
        "UntagResource", this::untag,
        "ListTagsForResource", this::list);
  }

  static Map<String, String> tags(Request request) {
    Map<String, String> tags = new TreeMap<>();
    for (JsonNode tag : request.member("tags")) {
      tags.put(tag.path("key").asText(), tag.path("value").asText());
    }
    return tags;
  }

  private Machine machine(Request request) {
    String arn = request.required("resourceArn");
    return machines
        .find(arn)
        .orElseThrow(() -> new Refusal("ResourceNotFound", "Resource not found: '" + arn + "'"));
  }

  private ObjectNode tag(Request request) {
    Machine machine = machine(request);
    Map<String, String> tags = new TreeMap<>(machine.tags());
    tags.putAll(tags(request));
    machines.tag(machine, tags);
    return Json.object();
  }

  private ObjectNode untag(Request request) {
    Machine machine = machine(request);
    Map<String, String> tags = new TreeMap<>(machine.tags());
    request.member("tagKeys").forEach(key -> tags.remove(key.asText()));
    machines.tag(machine, tags);
    return Json.object();
  }

  private ObjectNode list(Request request) {
    ObjectNode answer = Json.object();
    ArrayNode tags = answer.putArray("tags");
    new TreeMap<>(machine(request).tags())
        .forEach((key, value) -> tags.addObject().put("key", key).put("value", value));
    return answer;
  }
}
