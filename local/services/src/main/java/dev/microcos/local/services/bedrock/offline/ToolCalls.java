package dev.microcos.local.services.bedrock.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.services.bedrock.model.Prompt;
import dev.microcos.local.services.bedrock.model.Prompt.Block;
import dev.microcos.local.services.bedrock.model.Prompt.Choice;
import dev.microcos.local.services.bedrock.model.Prompt.Tool;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Chooses a tool whose name the person clearly speaks: {@code create_task} for “add a task to call
 * Ana on Monday”. Fills what the tool's schema requires from the words, or calls nothing.
 */
final class ToolCalls {

  private static final Map<String, Set<String>> VERBS =
      Map.of(
          "create", Set.of("add", "create", "new", "make", "put"),
          "add", Set.of("add", "create", "new", "make", "put"),
          "delete", Set.of("delete", "remove", "cancel"),
          "update", Set.of("update", "change", "edit"),
          "search", Set.of("search", "find", "look"),
          "list", Set.of("list", "show"),
          "get", Set.of("get", "show", "fetch"),
          "send", Set.of("send"));
  private static final Set<String> TEXT_FIELDS =
      Set.of("title", "text", "name", "query", "message");
  private static final Pattern WHEN =
      Pattern.compile(
          "\\s*,?\\s*\\b(?:(?:by|on|for|until|due)\\s+)?(?:today|tomorrow|(?:next |this"
              + " )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|in \\d+"
              + " (?:days?|weeks?)|\\d{4}-\\d{2}-\\d{2})$",
          Pattern.CASE_INSENSITIVE);

  private ToolCalls() {}

  /** A call of a tool, with an id that the same prompt gives again. */
  record Call(String id, String name, ObjectNode input) {}

  static Optional<Call> choose(Prompt prompt, Conversation conversation) {
    boolean answersTool =
        prompt.last().content().stream().anyMatch(Block.ToolResult.class::isInstance);
    if (answersTool) {
      return Optional.empty();
    }
    return prompt.tools().stream()
        .filter(tool -> isWanted(tool, prompt.choice(), conversation.plain()))
        .flatMap(tool -> call(tool, prompt, conversation).stream())
        .findFirst();
  }

  private static boolean isWanted(Tool tool, Choice choice, String plain) {
    return switch (choice) {
      case Choice.Auto auto -> isNamed(tool.name(), plain);
      case Choice.Any any -> true;
      case Choice.Named(String name) -> tool.name().equals(name);
    };
  }

  private static boolean isNamed(String tool, String plain) {
    List<String> said = List.of(plain.split("[^\\p{L}\\d]+"));
    if (tool.equals("create_task") && plain.startsWith("remind me to ")) {
      return true;
    }
    return List.of(tool.toLowerCase(Locale.ROOT).split("[_-]")).stream()
        .allMatch(part -> VERBS.getOrDefault(part, forms(part)).stream().anyMatch(said::contains));
  }

  private static Set<String> forms(String noun) {
    return noun.endsWith("s")
        ? Set.of(noun, noun.substring(0, noun.length() - 1))
        : Set.of(noun, noun + "s");
  }

  private static Optional<Call> call(Tool tool, Prompt prompt, Conversation conversation) {
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    LocalDate today = conversation.context().today();
    String rest = subject(tool.name(), conversation.said().strip());
    tool.inputSchema()
        .path("properties")
        .properties()
        .forEach(property ->
            fill(input, property.getKey(), property.getValue(), rest, conversation.plain(), today));
    boolean complete =
        StreamSupport.stream(tool.inputSchema().path("required").spliterator(), false)
            .allMatch(name -> input.has(name.asText()));
    String id = "tooluse_offline" + prompt.turns().size();
    return complete ? Optional.of(new Call(id, tool.name(), input)) : Optional.empty();
  }

  private static void fill(
      ObjectNode input,
      String name,
      JsonNode schema,
      String rest,
      String plain,
      @org.jspecify.annotations.Nullable LocalDate today) {
    if (TEXT_FIELDS.contains(name)) {
      String text = name.equals("title") ? WHEN.matcher(rest).replaceFirst("") : rest;
      if (!text.isBlank()) {
        input.put(name, text);
      }
    } else if (schema.has("enum")) {
      for (JsonNode value : schema.path("enum")) {
        if (plain.matches(
            ".*\\b" + Pattern.quote(value.asText()) + " " + Pattern.quote(name) + "\\b.*")) {
          input.put(name, value.asText());
        }
      }
    } else if (today != null && (name.equals("due") || name.equals("date"))) {
      Days.find(plain, today).ifPresent(day -> input.put(name, day.toString()));
    }
  }

  /** What remains of the words once the tool's own are taken off the front. */
  private static String subject(String tool, String said) {
    String verb =
        "(?:add|create|new|make|put|remind me|delete|remove|cancel|update|change|search|find|look"
            + " up|look for|look|list|show|get|send|please|can you|could you)";
    String noun = tool.replaceAll("^[a-z]+[_-]", "").replaceAll("s$", "");
    String subject =
        said.replaceFirst(
            "(?i)^(?:"
                + verb
                + "[,\\s]+){1,4}(?:(?:me|an?|the|my|new|another|(?:high|low|normal)[-"
                + " ]priority)\\s+){0,4}(?:"
                + Pattern.quote(noun)
                + "s?\\b)?\\s*(?:called|named|to|:|for|about|that says)?\\s*",
            "");
    String tidy =
        subject
            .replaceFirst("[.!?]+$", "")
            .replaceFirst("(?i) (?:to|on) my (?:list|tasks)$", "")
            .strip();
    return tidy.isEmpty() ? "" : tidy.substring(0, 1).toUpperCase(Locale.ROOT) + tidy.substring(1);
  }
}
