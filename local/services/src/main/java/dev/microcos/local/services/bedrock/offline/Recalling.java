package dev.microcos.local.services.bedrock.offline;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says what was said. */
final class Recalling implements Skill {

  private static final Pattern FIRST =
      Pattern.compile("\\bfirst (?:thing|message|question)|what did i (?:say|ask|write).* first$");
  private static final Pattern MINE =
      Pattern.compile(
          "what (?:did|have|had) i (?:just |last |already"
              + " ){0,4}(?:ask|asked|say|said|write|written|tell|told|mention|mentioned)(?:"
              + " you)?(?: just now| before| last| earlier| a moment ago)?$|(?:remind me|tell"
              + " me|repeat|remember|recall|do you (?:know|remember)) (?:of )?what i (?:just |last"
              + " ){0,4}(?:said|asked|wrote|told you)|what (?:was|is) my (?:last|previous|earlier)"
              + " (?:question|message)|what was i (?:saying|asking)");
  private static final Pattern YOURS =
      Pattern.compile(
          "what did you (?:just |last )?(?:say|answer|tell me|suggest|reply)|^(?:say|tell me)"
              + " (?:that|it) again$|^(?:repeat (?:that|it|yourself)|again|come again|pardon)$|your"
              + " (?:last|previous) (?:answer|message|reply)");
  private static final Pattern ALL =
      Pattern.compile(
          "what (?:have|did) we"
              + " (?:talk|spoke|speak|said|say|discuss|talked|discussed|spoken)|(?:summari[sz]e|recap|sum"
              + " up) (?:our|this|the) (?:conversation|chat|talk)|^recap$");

  @Override
  public Optional<String> answer(Conversation conversation) {
    String plain = conversation.plain();
    if (FIRST.matcher(plain).find() && plain.matches(".*\\b(?:i|my|we)\\b.*")) {
      return Optional.of(
          conversation.earlier().isEmpty()
              ? "This is the first thing that I have from you."
              : "The first message that I still have from you: "
                  + quote(conversation.earlier().getFirst()));
    }
    if (MINE.matcher(plain).find()) {
      return Optional.of(
          conversation
              .previous()
              .map(text -> "You said: " + quote(text))
              .orElse("This is the first thing that I have from you."));
    }
    if (YOURS.matcher(plain).find()) {
      return Optional.of(
          conversation.answered().isEmpty()
              ? "I have not said anything yet."
              : conversation.answered().getLast());
    }
    return ALL.matcher(plain).find() ? Optional.of(all(conversation.earlier())) : Optional.empty();
  }

  private static String all(List<String> earlier) {
    if (earlier.isEmpty()) {
      return "We have only just begun.";
    }
    return "You said, oldest first:\n\n"
        + earlier.stream()
            .skip(Math.max(0, earlier.size() - 8))
            .map(text -> "- " + quote(text))
            .collect(Collectors.joining("\n"));
  }

  private static String quote(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= 300 ? "“" + line + "”" : "“" + line.substring(0, 300) + " …”";
  }
}
