package dev.microcos.local.services.bedrock.offline;

import java.util.Optional;
import java.util.regex.Pattern;

/** Says what the offline model is, what it can do, and what to put in its place. */
final class Introduction implements Skill {

  private static final Pattern CAN_DO =
      Pattern.compile(
          "^help(?: me)?$|what (?:else )?(?:can|do|could) you (?:do|help|know|understand)|what can"
              + " i (?:ask|say|do|try|tell)|how do you work|what are your (?:skills|abilities)|show"
              + " me what you can");
  private static final Pattern WHO =
      Pattern.compile(
          "\\b(?:who|what) (?:are|exactly are) you\\b|^(?:who|what) is (?:this|micro ?cos)|\\bare"
              + " you (?:an? |the |really"
              + " |chat|gpt|llama|claude|real|human|alive|artificial|offline)|\\b(?:what|which)"
              + " (?:model|llm|ai)\\b|introduce yourself|tell me about yourself");
  private static final Pattern REAL_MODEL =
      Pattern.compile(
          "\\bollama\\b|\\bvllm\\b|\\b(?:real|better|proper|actual|language)"
              + " (?:model|llm|ai)\\b|\\b(?:use|connect|switch to|add|install|plug in) (?:an?"
              + " )?(?:llm|llama|model)\\b");

  @Override
  public Optional<String> answer(Conversation conversation) {
    String plain = conversation.plain();
    if (REAL_MODEL.matcher(plain).find() && !plain.startsWith("are you")) {
      return Optional.of(
          "With Ollama running and a Llama pulled (`ollama pull llama3.2`), this one line puts it"
              + " in my place:\n\n"
              + line());
    }
    if (CAN_DO.matcher(plain).find()) {
      return Optional.of(
          "I am the **offline model**: fixed rules, no language model. Within them I can\n\n"
              + "- read your task list: what is due, overdue, next or important, and how much of"
              + " it\n"
              + "- suggest an order for your day\n"
              + "- count days and do small arithmetic\n"
              + "- recall what was said in this conversation, and your name if you tell it\n"
              + "- draft a short message, summarise a text you paste, or make a checklist\n\n"
              + examples());
    }
    if (WHO.matcher(plain).find()) {
      return Optional.of(
          "I am the **offline model** of Micro CoS: a set of fixed rules that runs on your machine"
              + " and needs no download. I am not a language model, so I understand little, but"
              + " what I say about your tasks and dates is exact.\n\n"
              + examples());
    }
    return Optional.empty();
  }

  /** The answer where no rule fits. */
  static String nothingCoversThat() {
    return "None of my rules covers that. I am the **offline model**: fixed rules over your tasks"
        + " and this conversation, not a language model.\n\n"
        + examples()
        + "\n\nFor a free conversation, put Ollama behind me with one line:\n\n"
        + line();
  }

  private static String examples() {
    return "You could try:\n\n- " + String.join("\n- ", OfflineModel.EXAMPLES);
  }

  private static String line() {
    return "```\n" + OfflineModel.OLLAMA_LINE + "\n```";
  }
}
