package dev.microcos.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The page of a workflow in the docs: its title, what it is for, and its definition as a Mermaid
 * flowchart. What goes on side by side is a box, what only an error takes is a dotted arrow.
 */
final class WorkflowPicture {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final StringBuilder chart = new StringBuilder();
  private final List<String> arrows = new ArrayList<>();
  private int nodes;

  private WorkflowPicture() {}

  /** The page of the workflow in a folder, with a note that names the command that made it. */
  static String page(Path folder, String command) throws IOException {
    JsonNode manifest = JSON.readTree(folder.resolve("workflow.json").toFile());
    JsonNode definition = JSON.readTree(folder.resolve("definition.asl.json").toFile());
    return """
    <!-- Made of %s by: %s -->

    # %s

    %s

    ```mermaid
    flowchart TD
    %s```
    """
        .formatted(
            Repository.name(folder),
            command,
            manifest.path("title").asText(),
            manifest.path("description").asText(),
            new WorkflowPicture().chart(definition));
  }

  private String chart(JsonNode definition) {
    line(1, "start(( ))");
    Map<String, String> ids = states(definition, 1);
    arrows.addFirst("start --> " + ids.get(definition.path("StartAt").asText()));
    arrows.forEach(arrow -> line(1, arrow));
    return chart.toString();
  }

  /** Draws the states of one scope; their arrows come after all nodes, as they may end at boxes. */
  private Map<String, String> states(JsonNode scope, int depth) {
    Map<String, String> ids = new TreeMap<>();
    scope.path("States").fieldNames().forEachRemaining(name -> ids.put(name, "s" + ++nodes));
    scope
        .path("States")
        .properties()
        .forEach(state -> {
          String id = ids.getOrDefault(state.getKey(), "");
          node(id, state.getKey(), state.getValue(), depth);
          arrows(id, state.getValue(), ids);
        });
    return ids;
  }

  private void node(String id, String name, JsonNode state, int depth) {
    switch (state.path("Type").asText()) {
      case "Map" -> box(id, name + ", for each item", List.of(state.path("ItemProcessor")), depth);
      case "Parallel" -> box(id, name, state.path("Branches").valueStream().toList(), depth);
      case "Choice" -> line(depth, id + "{" + quoted(name) + "}");
      case "Succeed", "Fail" -> line(depth, id + "([" + quoted(name) + "])");
      case "Task" -> line(depth, id + "[" + quoted(name + "\n" + what(state)) + "]");
      default -> line(depth, id + "(" + quoted(name) + ")");
    }
  }

  private void box(String id, String title, List<JsonNode> branches, int depth) {
    line(depth, "subgraph " + id + " [" + quoted(title) + "]");
    line(depth + 1, "direction TB");
    branches.forEach(branch -> states(branch, depth + 1));
    line(depth, "end");
  }

  /** Who does a task: the handler of our steps with what it works with, or the AWS action. */
  private static String what(JsonNode state) {
    JsonNode payload = state.at("/Arguments/Payload");
    if (!payload.has("handler")) {
      return state.path("Resource").asText().replaceFirst("arn:aws:states:::", "");
    }
    String detail =
        List.of("model", "tool", "signal", "op", "workflow", "type").stream()
            .map(field -> payload.path("with").path(field).asText())
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse("");
    return (payload.path("handler").asText() + " " + detail).strip();
  }

  private void arrows(String from, JsonNode state, Map<String, String> ids) {
    for (JsonNode choice : state.path("Choices")) {
      String condition = choice.path("Condition").asText();
      arrow(from, "-->", condition.replaceAll("^\\{%\\s*|\\s*%}$", ""), choice, "Next", ids);
    }
    arrow(from, "-->", "else", state, "Default", ids);
    arrow(from, "-->", "", state, "Next", ids);
    for (JsonNode catcher : state.path("Catch")) {
      List<String> errors =
          catcher.path("ErrorEquals").valueStream().map(JsonNode::asText).toList();
      arrow(from, "-.->", String.join(", ", errors), catcher, "Next", ids);
    }
  }

  private void arrow(
      String from, String form, String label, JsonNode rule, String to, Map<String, String> ids) {
    if (rule.has(to)) {
      String text = label.isEmpty() ? " " : "|" + quoted(label) + "| ";
      arrows.add(from + " " + form + text + ids.get(rule.path(to).asText()));
    }
  }

  private void line(int depth, String text) {
    chart.append("  ".repeat(depth)).append(text).append('\n');
  }

  /** Mermaid reads neither quotes nor marks of HTML in a text; it writes them by name. */
  private static String quoted(String text) {
    return '"'
        + text.replace("#", "#35;")
            .replace("\"", "#quot;")
            .replace("<", "#lt;")
            .replace(">", "#gt;")
            .replace("\n", "<br>")
        + '"';
  }
}
