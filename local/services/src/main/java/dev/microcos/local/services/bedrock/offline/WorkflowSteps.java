package dev.microcos.local.services.bedrock.offline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.services.bedrock.model.Prompt;
import dev.microcos.local.services.bedrock.model.Prompt.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What steps of the workflows that ship ask a model for, by rules: a plan has a subtask for each
 * clause of the request, a synthesis puts all results under their titles. For another workflow's
 * schema it makes the plainest value that fits, so that a run can be tried without a model.
 */
final class WorkflowSteps {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STEP = "You do one step of a workflow";
  private static final String SCHEMA = "fits this JSON Schema:\n";
  private static final int MOST = 5;
  private static final Pattern DATA = Pattern.compile("<<<data\n(.*?)\ndata>>>", Pattern.DOTALL);
  private static final Pattern CLAUSE =
      Pattern.compile("[\\n;.!?]+(?:\\s|$)|,\\s+(?:and\\s+|then\\s+)?|\\s+(?:and|then)\\s+");

  private WorkflowSteps() {}

  /**
   * The answer to a step's prompt; nothing if it is no step.
   *
   * @param skills what the rest of the rules answer to a text
   */
  static Optional<String> answer(Prompt prompt, Function<String, Optional<String>> skills) {
    String system = String.join("\n", prompt.system());
    if (!system.startsWith(STEP)) {
      return Optional.empty();
    }
    String asked =
        prompt.turns().stream()
            .filter(turn -> turn.role() == Role.USER)
            .map(Prompt.Turn::text)
            .findFirst()
            .orElse("");
    List<String> data = DATA.matcher(asked).results().map(found -> found.group(1)).toList();
    if (asked.startsWith("Split this request") && !data.isEmpty()) {
      return Optional.of(plan(data.getFirst()));
    }
    if (asked.startsWith("Do this subtask") && !data.isEmpty()) {
      return Optional.of(done(data.getFirst(), skills));
    }
    if (asked.startsWith("Join these results") && !data.isEmpty()) {
      return Optional.of(joined(data));
    }
    if (asked.startsWith("Do the following with each") && data.size() > 1) {
      return Optional.of(each(data.get(0), data.get(1)));
    }
    int schema = system.indexOf(SCHEMA);
    if (schema >= 0) {
      return parsed(system.substring(schema + SCHEMA.length()))
          .map(form -> plainest(form).toString());
    }
    return Optional.of(done(DATA.matcher(asked).replaceAll("$1"), skills));
  }

  private static String plan(String request) {
    ObjectNode plan = JSON.createObjectNode();
    ArrayNode subtasks = plan.putArray("subtasks");
    for (String clause : clauses(request)) {
      subtasks
          .addObject()
          .put("id", Integer.toString(subtasks.size()))
          .put("title", title(clause))
          .put("instruction", clause);
    }
    return plan.toString();
  }

  /** At most five; what is over stays with the last. */
  private static List<String> clauses(String request) {
    List<String> clauses = new ArrayList<>();
    Matcher cut = CLAUSE.matcher(request);
    int begin = 0;
    while (clauses.size() < MOST - 1 && cut.find()) {
      String clause = request.substring(begin, cut.start()).strip();
      if (!clause.isEmpty()) {
        clauses.add(clause);
      }
      begin = cut.end();
    }
    String rest = request.substring(begin).strip();
    if (!rest.isEmpty() || clauses.isEmpty()) {
      clauses.add(rest.isEmpty() ? request.strip() : rest);
    }
    return clauses.stream().map(clause -> clause.isEmpty() ? "Answer" : cut(clause, 4000)).toList();
  }

  private static String title(String clause) {
    String line = clause.replaceAll("\\s+", " ");
    String short60 = cut(line, 60);
    return Character.toUpperCase(short60.charAt(0)) + short60.substring(1);
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  private static String done(String instruction, Function<String, Optional<String>> skills) {
    return skills
        .apply(instruction)
        .orElseGet(() ->
            "“"
                + cut(instruction.strip(), 400)
                + "” needs a language model; the offline model, which follows fixed rules, leaves"
                + " it to you.");
  }

  private static String joined(List<String> data) {
    StringBuilder answer =
        new StringBuilder("**").append(cut(data.getFirst().strip(), 400)).append("**");
    for (int i = 1; i + 1 < data.size(); i += 2) {
      answer
          .append("\n\n### ")
          .append(data.get(i).strip())
          .append("\n\n")
          .append(data.get(i + 1).strip());
    }
    return answer.append("\n\n_Put together by the offline model, by fixed rules._").toString();
  }

  private static String each(String instruction, String items) {
    String wish = instruction.toLowerCase(Locale.ROOT);
    ArrayNode results = JSON.createArrayNode();
    for (JsonNode item : parsed(items).orElseGet(JSON::createArrayNode)) {
      String text = item.isTextual() ? item.asText() : item.toString();
      results.add(
          wish.contains("upper")
              ? text.toUpperCase(Locale.ROOT)
              : wish.contains("lower") ? text.toLowerCase(Locale.ROOT) : text.strip());
    }
    return results.toString();
  }

  private static Optional<JsonNode> parsed(String json) {
    try {
      return Optional.ofNullable(JSON.readTree(json));
    } catch (JsonProcessingException unreadable) {
      return Optional.empty();
    }
  }

  /** The plainest value that fits the usual parts of a schema. */
  private static JsonNode plainest(JsonNode schema) {
    JsonNode fixed =
        Stream.of("const", "default")
            .map(schema::path)
            .filter(each -> !each.isMissingNode())
            .findFirst()
            .orElse(schema.path("enum").path(0));
    if (!fixed.isMissingNode()) {
      return fixed;
    }
    return switch (schema.path("type").asText("object")) {
      case "string" ->
          JSON.getNodeFactory()
              .textNode("offline ".repeat(1 + schema.path("minLength").asInt() / 8).strip());
      case "integer", "number" ->
          JSON.getNodeFactory().numberNode(schema.path("minimum").asLong(0));
      case "boolean" -> JSON.getNodeFactory().booleanNode(false);
      case "null" -> JSON.nullNode();
      case "array" -> {
        ArrayNode array = JSON.createArrayNode();
        for (int i = 0; i < schema.path("minItems").asInt(0); i++) {
          array.add(plainest(schema.path("items")));
        }
        yield array;
      }
      default -> {
        ObjectNode object = JSON.createObjectNode();
        schema
            .path("required")
            .forEach(name ->
                object.set(name.asText(), plainest(schema.path("properties").path(name.asText()))));
        yield object;
      }
    };
  }
}
