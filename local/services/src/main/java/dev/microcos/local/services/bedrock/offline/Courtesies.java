package dev.microcos.local.services.bedrock.offline;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Hello, thanks and goodbye. */
final class Courtesies implements Skill {

  private static final Pattern HELLO =
      Pattern.compile(
          "^(?:hi|hello|hey|howdy|greetings|good"
              + " (?:morning|afternoon|evening|day)|hallo|hola|bonjour|moin|servus|ciao)(?:["
              + " ,!]+(?:there|again|you|micro ?cos|everyone))?$");
  private static final Pattern HOW_ARE_YOU =
      Pattern.compile("how are you|how'?s it going|how do you (?:do|feel)|what'?s up$");
  private static final Pattern THANKS =
      Pattern.compile(
          "^(?:many |great,? |ok,? |perfect,? )?(?:thanks|thank you|thx|cheers)\\b.{0,30}$");
  private static final Pattern GOODBYE =
      Pattern.compile(
          "^(?:good ?bye|bye(?: bye)?|see you.{0,12}|good night|ciao ciao|talk (?:to you"
              + " )?later)$");
  private static final Pattern AGREED =
      Pattern.compile(
          "^(?:ok|okay|yes|yep|no|nope|sure|fine|good|great|nice|cool|perfect|got it|i see|alright"
              + "|all right|never ?mind)$");

  @Override
  public Optional<String> answer(Conversation conversation) {
    String plain = conversation.plain();
    if (HELLO.matcher(plain).find()) {
      return Optional.of(hello(conversation));
    }
    if (HOW_ARE_YOU.matcher(plain).find()) {
      return Optional.of(
          "Steady, thank you: I am a set of rules, so one day is like the other. "
              + overview(conversation.context()));
    }
    if (THANKS.matcher(plain).find()) {
      return Optional.of("You are welcome" + byName(conversation) + ".");
    }
    if (GOODBYE.matcher(plain).find()) {
      return Optional.of("Until next time" + byName(conversation) + ". Your list stays as it is.");
    }
    if (AGREED.matcher(plain).find()) {
      return Optional.of("All right. I am here when you need the list, a plan or a date.");
    }
    return Optional.empty();
  }

  private static String hello(Conversation conversation) {
    return "Hello"
        + byName(conversation)
        + ". "
        + overview(conversation.context())
        + (conversation.earlier().isEmpty()
            ? " Ask me what I can do, or say “" + OfflineModel.EXAMPLES.getFirst() + "”."
            : "");
  }

  private static String byName(Conversation conversation) {
    return Naming.name(conversation).map(name -> ", " + name).orElse("");
  }

  private static String overview(Context context) {
    List<Task> open = context.open();
    LocalDate today = context.today();
    if (open.isEmpty()) {
      return "Your list is empty.";
    }
    long overdue = open.stream().filter(task -> task.isOverdue(today)).count();
    long now = open.stream().filter(task -> task.isDueOn(today)).count();
    String more =
        (overdue > 0 ? ", " + overdue + " overdue" : "")
            + (now > 0 ? ", " + now + " due today" : "");
    return "You have " + TaskQuestions.count(open.size(), "open task") + more + ".";
  }
}
