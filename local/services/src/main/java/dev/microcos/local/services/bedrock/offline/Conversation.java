package dev.microcos.local.services.bedrock.offline;

import dev.microcos.local.services.bedrock.model.Prompt;
import dev.microcos.local.services.bedrock.model.Prompt.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A prompt as the rules see it.
 *
 * @param said what the person said last, as written
 * @param plain the beginning of it in lower case on one line, without courtesy before it or
 *     punctuation after
 * @param earlier what the person said before, oldest first
 * @param answered what the model answered before, oldest first
 * @param context what is known of the person
 */
record Conversation(
    String said, String plain, List<String> earlier, List<String> answered, Context context) {

  /** What is longer is a text to work on and not a question. */
  private static final int LONGEST_QUESTION = 400;

  private static final Pattern COURTESY =
      Pattern.compile(
          "^(?:please|hey|hi|hello|ok|okay|so|and|well|now|then|could you|can you|would you|will"
              + " you|i want you to|i'd like you to)(?: please)?[, ]+(?=\\S)");

  static Conversation of(Prompt prompt) {
    List<String> person = texts(prompt, Role.USER);
    String said = person.isEmpty() ? "" : person.getLast();
    return new Conversation(
        said,
        plain(said),
        person.isEmpty() ? List.of() : person.subList(0, person.size() - 1),
        texts(prompt, Role.ASSISTANT),
        Context.in(prompt.system()));
  }

  private static List<String> texts(Prompt prompt, Role role) {
    return prompt.turns().stream()
        .filter(turn -> turn.role() == role)
        .map(turn -> turn.text().strip())
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /** What the person said before this, or empty at the beginning. */
  Optional<String> previous() {
    List<String> before = lastParagraph().earlier;
    return before.isEmpty() ? Optional.empty() : Optional.of(before.getLast());
  }

  /**
   * The same with only the last paragraph as what was said last. The person's messages between two
   * answers come as one, so the last paragraph may be the whole last message.
   */
  Conversation lastParagraph() {
    int cut = said.lastIndexOf("\n\n");
    if (cut < 0) {
      return this;
    }
    String last = said.substring(cut).strip();
    List<String> before = new ArrayList<>(earlier);
    before.add(said.substring(0, cut).strip());
    return new Conversation(last, plain(last), before, answered, context);
  }

  /** The same with something else as what was said last. */
  Conversation saying(String other) {
    return new Conversation(other, plain(other), earlier, answered, context);
  }

  private static String plain(String text) {
    String head = text.substring(0, Math.min(LONGEST_QUESTION, text.length()));
    String plain =
        head.toLowerCase(Locale.ROOT)
            .replace('’', '\'')
            .replaceAll("\\s+", " ")
            .replaceFirst("[\\s?!.,;:]+$", "")
            .strip();
    String shorter = COURTESY.matcher(plain).replaceFirst("");
    while (!shorter.equals(plain)) {
      plain = shorter;
      shorter = COURTESY.matcher(plain).replaceFirst("");
    }
    return plain.replaceFirst(",? (?:please|thanks|thank you)$", "");
  }
}
