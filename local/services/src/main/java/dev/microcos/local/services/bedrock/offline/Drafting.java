package dev.microcos.local.services.bedrock.offline;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Drafts a short message from a template. */
final class Drafting implements Skill {

  private static final Pattern ASKED =
      Pattern.compile(
          "^(?:(?:please|can you|could you|help me(?: to)?|hey|ok),?"
              + " ){0,4}(?:draft|write|compose|prepare)(?: me| up)?(?: an?| the)?(?:"
              + " (?:short|quick|brief|polite|friendly|kind|little)){0,4}"
              + " (message|e-?mail|mail|note|text|reply|letter|thank[- ]you(?: note| message|"
              + " mail)?|apology|invitation|reminder)\\b(.*)$",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern TO =
      Pattern.compile(
          "\\b(?:to|for) ((?:my |the |our )?[\\p{L}'-]+(?: \\p{Lu}[\\p{L}'-]+)?)(?=[\\s,.:]|$)");
  private static final Pattern TOPIC =
      Pattern.compile(
          "\\b(about|regarding|saying(?: that)?|that says(?: that)?|telling \\p{L}+(?:"
              + " that)?|because(?: of)?|asking(?: \\p{L}+)?(?: for| about| if| whether)?|to thank"
              + " \\p{L}+ for|thanking \\p{L}+ for|to say(?: that)?|for) (.{2,400})$",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  @Override
  public Optional<String> answer(Conversation conversation) {
    Matcher asked = ASKED.matcher(conversation.said().strip());
    if (!asked.find()) {
      return Optional.empty();
    }
    String rest = asked.group(2);
    Matcher to = TO.matcher(rest);
    String name = to.find() ? to.group(1) : "";
    Matcher topic = TOPIC.matcher(name.isEmpty() ? rest : rest.substring(to.end()));
    boolean found = topic.find();
    String link = found ? topic.group(1).toLowerCase(Locale.ROOT) : "";
    String subject = found ? topic.group(2).strip().replaceFirst("[.!?\\s]+$", "") : null;
    String body = body(asked.group(1).toLowerCase(Locale.ROOT), link, subject);
    String signature = Naming.name(conversation).orElse("[your name]");
    String letter = greeting(name) + "\n\n" + body + "\n\nBest wishes,\n" + signature;
    return Optional.of(
        "A draft from a template, for you to make your own:\n\n"
            + letter.replaceAll("(?m)^", "> "));
  }

  private static String greeting(String name) {
    boolean generic = name.isEmpty() || name.matches("(?i)(?:my|the|our) .*");
    return generic && name.isEmpty()
        ? "Hello,"
        : "Dear " + capitalised(name.replaceFirst("^(?:my|the|our) ", "")) + ",";
  }

  private static String body(String kind, String link, @Nullable String subject) {
    String topic = subject == null ? "[what it is about]" : subject;
    if (kind.startsWith("thank") || link.contains("thank")) {
      return "Thank you for " + topic + ". It was kind of you, and I appreciate it.";
    }
    return switch (kind) {
      case "apology" ->
          "I am sorry about "
              + topic
              + ". I would like to put it right; please tell me what would help.";
      case "invitation" ->
          "Would you like to join me for "
              + topic
              + "? I would be glad. Tell me if the time suits you.";
      case "reminder" ->
          "A short reminder about " + topic + ". Please tell me if anything has changed.";
      default -> plainBody(link, topic);
    };
  }

  private static String plainBody(String link, String topic) {
    if (link.startsWith("asking")) {
      return link.endsWith("if") || link.endsWith("whether")
          ? "I would like to ask whether " + topic + ". Thank you for a short answer."
          : "I would like to ask you about " + topic + ". Thank you for a short answer.";
    }
    if (link.startsWith("saying")
        || link.startsWith("to say")
        || link.startsWith("that says")
        || link.startsWith("telling")) {
      return capitalised(topic)
          + ". I wanted you to know. Please write back if you have a question.";
    }
    return "I am writing about " + topic + ". Could you find a moment for it this week?";
  }

  private static String capitalised(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
