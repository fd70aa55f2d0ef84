package dev.microcos.local.services.bedrock.offline;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a checklist out of lines or of words between commas. */
final class Checklists implements Skill {

  private static final Pattern ASKED =
      Pattern.compile(
          "^(?:(?:please|can you|could you|hey|ok),?"
              + " ){0,4}(?:(?:make|create|write|give|build|turn|convert)\\b[^:\\n]{0,40}?)?\\b(?:check-?\\s?list|packing"
              + " list|shopping list|bullet list|list)\\b(?:\\s*:\\s*|\\s*\\n| (?:of|with|from|out"
              + " of|for)\\s*:?\\s*)(.+)$",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern ABOVE =
      Pattern.compile(
          "^(?:make|turn|convert).{0,20}\\b(?:that|this|it|these|those)\\b.{0,12}\\bcheck-?\\s?list$");

  @Override
  public Optional<String> answer(Conversation conversation) {
    Matcher asked = ASKED.matcher(conversation.said().strip());
    if (asked.find()) {
      List<String> items = items(asked.group(1));
      return items.size() < 2 ? Optional.empty() : Optional.of(checklist(items));
    }
    if (!ABOVE.matcher(conversation.plain()).find()) {
      return Optional.empty();
    }
    return Optional.of(
        conversation.earlier().reversed().stream()
            .map(Checklists::items)
            .filter(items -> items.size() >= 2)
            .findFirst()
            .map(Checklists::checklist)
            .orElse("Give me the points between commas or on lines of their own."));
  }

  private static List<String> items(String text) {
    boolean lines = text.strip().contains("\n");
    String[] parts = text.strip().split(lines ? "\\R+" : "[,;] ?(?:and )?| and ");
    return Arrays.stream(parts)
        .map(part -> part.replaceFirst("^\\s*(?:[-*•]|\\d+[.)]|\\[.?\\])\\s*", "").strip())
        .map(part -> part.replaceFirst("[.;,]+$", ""))
        .filter(part -> !part.isBlank())
        .toList();
  }

  private static String checklist(List<String> items) {
    return "Here is your checklist:\n\n"
        + String.join("\n", items.stream().map(item -> "- [ ] " + capitalised(item)).toList());
  }

  private static String capitalised(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
