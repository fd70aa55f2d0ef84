package dev.microcos.functions.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.wire.DataSchemas;
import dev.microcos.core.wire.Json;
import dev.microcos.core.wire.workflow.Near;
import dev.microcos.core.wire.workflow.Trigger;
import dev.microcos.core.wire.workflow.WorkflowDefinition;
import dev.microcos.core.wire.workflow.WorkflowFolder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The workflows that can be started, and what must be given to them. */
record Catalog(WorkflowFolder folder) {

  Reply workflows(Call call) {
    call.user();
    ObjectNode all = Json.object();
    folder.all().forEach((name, workflow) -> all.set(name, manifest(workflow)));
    return Reply.json(200, out -> out.writeTree(Json.object().set("workflows", all)));
  }

  Reply routes(Call call) {
    call.user();
    Map<String, TreeSet<String>> routes = new TreeMap<>();
    folder
        .all()
        .forEach((name, workflow) ->
            signals(workflow)
                .forEach(signal ->
                    routes.computeIfAbsent(signal.type(), _ -> new TreeSet<>()).add(name)));
    ObjectNode all = Json.object();
    routes.forEach((signal, names) -> names.forEach(all.withArray("/" + signal)::add));
    return Reply.json(200, out -> out.writeTree(Json.object().set("routes", all)));
  }

  /**
   * The workflow of this name.
   *
   * @throws Problem 404 with the names that there are, if it is not there
   */
  WorkflowDefinition find(String name) {
    Map<String, WorkflowDefinition> all = folder.all();
    WorkflowDefinition workflow = all.get(name);
    if (workflow == null) {
      throw Problem.notFound("workflow of this name; " + Near.instead(name, all.keySet()));
    }
    return workflow;
  }

  /**
   * Looks at an input of a workflow.
   *
   * @throws Problem 400 with all that is wrong
   */
  static void check(WorkflowDefinition workflow, JsonNode input) {
    check("/input", workflow.inputSchema(), input);
  }

  /**
   * Looks at the data of a signal, whose place in the request is {@code pointer}, for the workflows
   * that it starts.
   */
  void checkSignal(String type, String pointer, JsonNode data) {
    folder.all().values().stream()
        .flatMap(Catalog::signals)
        .filter(signal -> signal.type().equals(type))
        .forEach(signal -> check(pointer, signal.schema(), data));
  }

  /** Looks at a value, whose place in the request is {@code pointer}. */
  static void check(String pointer, JsonNode schema, JsonNode value) {
    List<Problem.Fault> faults =
        DataSchemas.faults(schema, value).stream()
            .map(fault -> new Problem.Fault(pointer + fault.pointer(), fault.detail()))
            .toList();
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults);
    }
  }

  /**
   * The webhook of this name.
   *
   * @throws Problem 404 if there is none
   */
  Trigger.Webhook webhook(String name) {
    return folder.all().values().stream()
        .flatMap(workflow -> workflow.triggers().stream())
        .filter(Trigger.Webhook.class::isInstance)
        .map(Trigger.Webhook.class::cast)
        .filter(webhook -> webhook.name().equals(name))
        .findFirst()
        .orElseThrow(() -> Problem.notFound("webhook of this name"));
  }

  private static Stream<Trigger.Signal> signals(WorkflowDefinition workflow) {
    return workflow.triggers().stream()
        .filter(Trigger.Signal.class::isInstance)
        .map(Trigger.Signal.class::cast);
  }

  private static ObjectNode manifest(WorkflowDefinition workflow) {
    ObjectNode manifest = Json.object().put("title", workflow.title());
    String description = workflow.description();
    if (description != null) {
      manifest.put("description", description);
    }
    manifest.put("definition_hash", workflow.hash());
    manifest.set("input_schema", workflow.inputSchema());
    ArrayNode triggers = manifest.putArray("triggers");
    workflow.triggers().forEach(trigger -> triggers.add(trigger(trigger)));
    workflow.startSteps().forEach(manifest.putArray("start_steps")::add);
    ArrayNode states = manifest.putArray("states");
    for (WorkflowDefinition.StateLine line : workflow.states()) {
      ObjectNode state = states.addObject().put("name", line.name()).put("type", line.type());
      String title = line.title();
      if (title != null) {
        state.put("title", title);
      }
    }
    return manifest;
  }

  /** Without owners and names of secrets, which are nobody's business here. */
  private static ObjectNode trigger(Trigger trigger) {
    return switch (trigger) {
      case Trigger.Signal signal ->
          Json.object().put("signal", signal.type()).set("schema", signal.schema());
      case Trigger.Schedule schedule ->
          Json.object()
              .put("schedule", schedule.expression())
              .put("time_zone", schedule.timeZone());
      case Trigger.Webhook webhook ->
          Json.object().put("webhook", webhook.name()).put("signal", webhook.signal());
    };
  }
}
