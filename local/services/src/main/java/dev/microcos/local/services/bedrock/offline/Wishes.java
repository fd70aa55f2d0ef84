package dev.microcos.local.services.bedrock.offline;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Wishes to change or do something, which rules that only read cannot fulfil. */
final class Wishes implements Skill {

  private static final Pattern NEW_TASK =
      Pattern.compile(
          "^(?:add|create|put|new|make|set up|write down|remind me|i need to"
              + " remember)\\b\\s*(?:an?|the|new|another|of|about|to|:|task|to-?do|reminder|called|named|list|my|\\s){0,12}(.{0,120})$");
  private static final Pattern CHANGE =
      Pattern.compile(
          "^(?:delete|remove|mark|complete|finish|cancel|move|postpone|reschedule|rename|update|change|tick"
              + " off|check off|close|dismiss)\\b");
  private static final Pattern OUTSIDE =
      Pattern.compile(
          "^(?:send|order|buy|book|call|pay|schedule|search|google|look up|find me|play|turn"
              + " on|turn off|open)\\b");

  static boolean isWish(String plain) {
    return NEW_TASK.matcher(plain).find()
        || CHANGE.matcher(plain).find()
        || OUTSIDE.matcher(plain).find();
  }

  @Override
  public Optional<String> answer(Conversation conversation) {
    String plain = conversation.plain();
    Matcher task = NEW_TASK.matcher(plain);
    if (task.find()) {
      String title =
          task.group(1).strip().replaceFirst(" (?:to|on) (?:my|the) (?:list|tasks|to-?dos?)$", "");
      return Optional.of(
          "I can read your list but not write to it. Add "
              + (title.isEmpty() ? "it" : "“" + title + "”")
              + " in the list beside the chat, and I will know of it at once.");
    }
    if (CHANGE.matcher(plain).find()) {
      return Optional.of(
          "I can read your list but not change it. Do it beside the chat, and I will know of it at"
              + " once.");
    }
    return OUTSIDE.matcher(plain).find()
        ? Optional.of(
            "That is beyond me: I am the **offline model** and reach nothing outside this"
                + " conversation and your list. I could draft a message for it, or you add it to"
                + " the list beside the chat.")
        : Optional.empty();
  }
}
