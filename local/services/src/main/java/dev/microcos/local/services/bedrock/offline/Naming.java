package dev.microcos.local.services.bedrock.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps the name and the notes that the person told in this conversation. */
final class Naming implements Skill {

  private static final String NAME = "(\\p{Lu}[\\p{L}'-]{0,30}(?: \\p{Lu}[\\p{L}'-]{0,30})?)";
  private static final Pattern TOLD =
      Pattern.compile(
          "(?:^|[.!,;]\\s*|\\b[Aa]nd )(?:[Hh]i,? |[Hh]ello,? |[Hh]ey,? )?(?:[Mm]y name(?: is|'s|’s)"
              + "|[Cc]all me|I(?: a|'|’)m called|[Tt]hey call me|I am(?= \\p{Lu}[\\p{L}'-]+[.!]?$)"
              + "|I['’]m(?= \\p{Lu}[\\p{L}'-]+[.!]?$)) "
              + NAME);
  private static final Pattern ASKED =
      Pattern.compile(
          "what(?:'s| is| was) my name|who am i$|(?:know|remember|say|tell me) my name");
  private static final Pattern NOTE =
      Pattern.compile(
          "^(?:please )?(?:remember|note|keep in mind)(?: that|:|,)?"
              + " (?!what|when|who|me\\b)(.{2,300}?)[.!]?$",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern NOTES_ASKED =
      Pattern.compile(
          "what (?:did|have) i (?:ask|tell|told)(?:ed)? you to (?:remember|note|keep)"
              + "|what (?:do|should) you remember|what(?:'s| is| are) (?:in )?my notes");

  @Override
  public Optional<String> answer(Conversation conversation) {
    if (ASKED.matcher(conversation.plain()).find()) {
      return Optional.of(
          name(conversation)
              .map(name -> "Your name is " + name + ".")
              .orElse("You have not told me your name in this conversation yet."));
    }
    if (NOTES_ASKED.matcher(conversation.plain()).find()) {
      return Optional.of(notes(conversation));
    }
    Optional<String> told = last(TOLD, List.of(conversation.said()));
    if (told.isPresent() && conversation.said().length() < 80) {
      return Optional.of(
          "Good to meet you, "
              + told.get()
              + ". I know your name for as long as this conversation stays before me.");
    }
    return last(NOTE, List.of(conversation.said()))
        .map(note ->
            "Noted: "
                + note
                + ". I know it for as long as this conversation stays before me; what must not"
                + " be lost belongs on your task list.");
  }

  /** The name that the person told last. */
  static Optional<String> name(Conversation conversation) {
    List<String> all = new ArrayList<>(conversation.earlier());
    all.add(conversation.said());
    return last(TOLD, all);
  }

  private static String notes(Conversation conversation) {
    List<String> notes =
        conversation.earlier().stream()
            .map(text -> NOTE.matcher(text.strip()))
            .filter(Matcher::matches)
            .map(note -> "- " + note.group(1))
            .toList();
    return notes.isEmpty()
        ? "You have not asked me to remember anything in this conversation."
        : "You asked me to remember:\n\n" + String.join("\n", notes);
  }

  private static Optional<String> last(Pattern pattern, List<String> texts) {
    Optional<String> found = Optional.empty();
    for (String text : texts) {
      Matcher matcher = pattern.matcher(text.strip());
      if (matcher.find()) {
        found = Optional.of(matcher.group(1));
      }
    }
    return found;
  }
}
