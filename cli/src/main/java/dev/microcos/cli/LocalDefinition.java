package dev.microcos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.wire.DataSchemas;
import dev.microcos.core.wire.Schemas.Fault;
import dev.microcos.core.wire.tool.Tools;
import dev.microcos.core.wire.workflow.BrokenWorkflowException;
import dev.microcos.core.wire.workflow.WorkflowDefinition;
import dev.microcos.core.wire.workflow.WorkflowReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A definition file that runs in this process. Where it lies in a workflow's folder it is checked
 * and wrapped as ever, and its tool steps are done here; else it may hold no tasks.
 *
 * @param machine what Step Functions gets
 * @param schema what the input must fit; fits anything where the file lies alone
 * @param workflow the workflow, if its folder is one
 */
record LocalDefinition(JsonNode machine, JsonNode schema, Optional<WorkflowDefinition> workflow) {
  private static final String ALONE = "a lone file runs without a server, so it can have no tasks";

  /** Reads and checks a file. */
  static LocalDefinition read(Path file) {
    if (!(Json.read(text(file)) instanceof ObjectNode definition)) {
      throw Failure.wrongUse(file + " is no JSON object", "mend it, or see ./microcos new --help");
    }
    Path folder = file.toAbsolutePath().normalize().getParent();
    if (folder != null && Files.isRegularFile(folder.resolve("workflow.json"))) {
      return ofWorkflow(folder);
    }
    refuseTasks(definition, "", state -> Optional.of(ALONE));
    return new LocalDefinition(definition, Json.object(), Optional.empty());
  }

  private static LocalDefinition ofWorkflow(Path folder) {
    Path all = folder.resolveSibling("");
    String name = folder.getFileName().toString();
    try {
      WorkflowDefinition workflow =
          Objects.requireNonNull(WorkflowReader.read(all, Tools.ofTheHouse()).get(name), name);
      refuseTasks(workflow.machine(), "", LocalDefinition::beyond);
      return new LocalDefinition(workflow.machine(), workflow.inputSchema(), Optional.of(workflow));
    } catch (BrokenWorkflowException e) {
      throw Failure.failed(
          "the workflows in " + all + " are not in order:\n" + e.getMessage(), "mend these files");
    }
  }

  /** The input of these words, which fits the schema. */
  ObjectNode input(List<String> words) {
    ObjectNode input = Arguments.object(words, schema);
    List<Fault> faults = DataSchemas.faults(schema, input);
    if (!faults.isEmpty()) {
      throw Failure.failed(
          "the input does not fit: "
              + faults.stream()
                  .map(fault -> fault.pointer() + " " + fault.detail())
                  .collect(Collectors.joining("; ")),
          "see \"input\" in its workflow.json");
    }
    return input;
  }

  /** Runs it to its end and gives what DescribeExecution tells of it. */
  JsonNode run(ObjectNode input, @Nullable String startStep, Consumer<String> told) {
    ObjectNode given = input;
    if (workflow.isPresent()) {
      given = Json.object();
      given.putObject("run").put("run_id", "run_local").put("workflow", workflow.get().name());
      given.set("state", input);
      if (startStep != null && !workflow.get().startSteps().contains(startStep)) {
        throw Failure.wrongUse(
            "there is no step " + startStep,
            "choose one of " + String.join(", ", workflow.get().startSteps()));
      }
      if (startStep != null) {
        given.put("start_step", startStep);
      }
    } else if (startStep != null) {
      throw Failure.wrongUse("a lone file begins at its StartAt", "leave --start-step out");
    }
    return LocalMachine.run(Json.line(machine), Json.line(given), told);
  }

  /** Walks through all states, those of branches too. */
  private static void refuseTasks(JsonNode node, String name, Refusal refusal) {
    if (Json.text(node, "Type").equals("Task")) {
      refusal
          .reason(node)
          .ifPresent(reason -> {
            throw Failure.failed(
                "the state \"" + name + "\" is a task: " + reason,
                "put the folder into statemachines/, then ./microcos up and ./microcos run NAME");
          });
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      refuseTasks(field.getValue(), field.getKey(), refusal);
    }
    node.path("Branches").forEach(branch -> refuseTasks(branch, name, refusal));
  }

  /** Why a task of a workflow needs a server, if it does. */
  private static Optional<String> beyond(JsonNode state) {
    JsonNode payload = state.path("Arguments").path("Payload");
    String handler = Json.text(payload, "handler");
    List<String> known = new ArrayList<>(Tools.ofTheHouse().all().keySet());
    if (handler.equals("tool") && known.contains(payload.path("with").path("tool").asText())) {
      return Optional.empty();
    }
    return Optional.of(
        (handler.isEmpty() ? Json.text(state, "Resource") : "\"" + handler + "\"")
            + " needs a server; without one there are the tools "
            + String.join(" and ", known));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw Failure.wrongUse("cannot read " + file, "name a definition's file, or a workflow");
    }
  }

  /** Why a task cannot be done here, if it cannot. */
  private interface Refusal {
    Optional<String> reason(JsonNode task);
  }
}
