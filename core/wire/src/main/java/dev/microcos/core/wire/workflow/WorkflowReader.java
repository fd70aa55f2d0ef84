package dev.microcos.core.wire.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.wire.Canonical;
import dev.microcos.core.wire.Json;
import dev.microcos.core.wire.tool.Tools;
import dev.microcos.core.wire.workflow.WorkflowDefinition.StateLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the folder of all workflows; a workflow is a folder in it that holds its two files. */
public final class WorkflowReader {
  private static final String DEFINITION = "definition.asl.json";
  private static final String MANIFEST = "workflow.json";
  private static final String NAME = "[a-z][a-z0-9-]{0,39}";

  /** States at which a run can sensibly be told to start where the author names none. */
  private static final Set<String> WORK = Set.of("Task", "Map", "Parallel");

  private final Path folder;
  private final Tools tools;

  private WorkflowReader(Path folder, Tools tools) {
    this.folder = folder;
    this.tools = tools;
  }

  /**
   * All workflows by name.
   *
   * @param folder of the workflows' folders; others in it, without the two files, are left alone
   * @param tools that steps can call
   * @throws BrokenWorkflowException with all that is wrong with any of them
   */
  public static SortedMap<String, WorkflowDefinition> read(Path folder, Tools tools)
      throws BrokenWorkflowException {
    return new WorkflowReader(folder, tools).read();
  }

  private SortedMap<String, WorkflowDefinition> read() throws BrokenWorkflowException {
    Faults faults = new Faults(folder.getFileName().toString());
    Set<String> names = new TreeSet<>(folders(faults));
    SortedMap<String, WorkflowDefinition> all = new TreeMap<>();
    for (String name : names) {
      one(name, names, faults).ifPresent(workflow -> all.put(name, workflow));
    }
    webhooks(all, faults);
    if (!faults.all().isEmpty()) {
      throw new BrokenWorkflowException(faults.all());
    }
    return Collections.unmodifiableSortedMap(all);
  }

  private List<String> folders(Faults faults) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry ->
              Files.exists(entry.resolve(DEFINITION)) || Files.exists(entry.resolve(MANIFEST)))
          .map(entry -> entry.getFileName().toString())
          .toList();
    } catch (IOException e) {
      faults.add("the folder cannot be read: " + e.getMessage());
      return List.of();
    }
  }

  private Optional<WorkflowDefinition> one(String name, Set<String> names, Faults all) {
    int before = all.all().size();
    Faults ofManifest = all.of(name + "/" + MANIFEST);
    Faults ofDefinition = all.of(name + "/" + DEFINITION);
    if (!name.matches(NAME)) {
      all.of(name).add("a workflow's name is of small letters, digits and dashes, 40 at most");
    }
    Map<String, String> prompts = prompts(name, all);
    Optional<ObjectNode> manifest =
        JsonFile.read(folder.resolve(name).resolve(MANIFEST), ofManifest);
    Optional<ObjectNode> definition =
        JsonFile.read(folder.resolve(name).resolve(DEFINITION), ofDefinition);
    boolean sound = manifest.isPresent() && new ManifestCheck(manifest.get(), ofManifest).check();
    if (definition.isPresent()) {
      new DefinitionCheck(definition.get(), ofDefinition).check();
      StepCheck steps = new StepCheck(tools, names, prompts, ofDefinition);
      Place.all(definition.get()).forEach(steps::check);
      placeholders(definition.get(), ofDefinition);
      if (sound) {
        startSteps(manifest.get(), definition.get(), ofManifest);
      }
    }
    return all.all().size() == before && manifest.isPresent() && definition.isPresent()
        ? Optional.of(workflow(name, manifest.get(), definition.get(), prompts))
        : Optional.empty();
  }

  private Map<String, String> prompts(String name, Faults faults) {
    Path prompts = folder.resolve(name).resolve("prompts");
    if (!Files.isDirectory(prompts)) {
      return Map.of();
    }
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.list(prompts)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".md")).sorted().toList()) {
        String text = Files.readString(file).strip();
        String known = file.getFileName().toString().replaceFirst("\\.md$", "");
        if (text.isEmpty() || text.startsWith("{%") || text.contains("${")) {
          faults
              .of(name + "/prompts/" + file.getFileName())
              .add("must hold words, not begin with {% and not hold ${");
        }
        texts.put(known, text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }

  /** CloudFormation would put its own values in for others. */
  private static void placeholders(ObjectNode definition, Faults faults) {
    String rest = Json.text(definition).replace(WorkflowDefinition.STEPS, "");
    int at = rest.indexOf("${");
    if (at >= 0) {
      int end = Math.min(rest.length(), at + 30);
      faults.add(
          "only ${Steps} is put in; found " + rest.substring(at, end).split("}", 2)[0] + "}");
    }
  }

  private static void startSteps(ObjectNode manifest, ObjectNode definition, Faults faults) {
    for (JsonNode step : manifest.path("start_steps")) {
      if (!definition.path("States").has(step.asText())) {
        List<String> known = new ArrayList<>();
        definition.path("States").fieldNames().forEachRemaining(known::add);
        faults.add(
            "start_steps names \""
                + step.asText()
                + "\", which is no state at the top"
                + Near.hint(step.asText(), known));
      }
    }
  }

  /** A webhook's name is a part of an address, so no two workflows can have the same. */
  private static void webhooks(Map<String, WorkflowDefinition> all, Faults faults) {
    Map<String, String> seen = new TreeMap<>();
    all.forEach((name, workflow) ->
        workflow
            .triggers()
            .forEach(trigger -> {
              if (trigger instanceof Trigger.Webhook webhook) {
                String other = seen.put(webhook.name(), name);
                if (other != null) {
                  faults
                      .of(name + "/" + MANIFEST)
                      .add("the webhook " + webhook.name() + " belongs to " + other + " already");
                }
              }
            }));
  }

  private static WorkflowDefinition workflow(
      String name, ObjectNode manifest, ObjectNode definition, Map<String, String> prompts) {
    List<StateLine> states =
        Place.all(definition).stream()
            .map(place -> new StateLine(place.name(), place.type(), place.within(), titleOf(place)))
            .toList();
    List<String> startSteps = new ArrayList<>();
    manifest.path("start_steps").forEach(step -> startSteps.add(step.asText()));
    if (startSteps.isEmpty()) {
      states.stream()
          .filter(state -> state.within().isEmpty() && WORK.contains(state.type()))
          .forEach(state -> startSteps.add(state.name()));
    }
    ObjectNode machine = Wrapping.wrap(definition, manifest, prompts);
    ObjectNode whole = Json.object();
    whole.set("definition", machine);
    whole.set("manifest", manifest);
    return new WorkflowDefinition(
        name,
        manifest.path("title").asText(),
        manifest.has("description") ? manifest.path("description").asText() : null,
        manifest.path("input"),
        ManifestCheck.triggers(manifest),
        List.copyOf(startSteps),
        states,
        machine,
        Canonical.hash(whole));
  }

  private static @Nullable String titleOf(Place place) {
    String title = place.payload().path("title").asText();
    return title.isEmpty() || Wrapping.isExpression(title) ? null : title;
  }
}
