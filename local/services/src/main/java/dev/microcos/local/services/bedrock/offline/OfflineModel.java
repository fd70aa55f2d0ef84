package dev.microcos.local.services.bedrock.offline;

import dev.microcos.local.services.bedrock.model.ModelBackend;
import dev.microcos.local.services.bedrock.model.ModelStream;
import dev.microcos.local.services.bedrock.model.Pace;
import dev.microcos.local.services.bedrock.model.PreparedStream;
import dev.microcos.local.services.bedrock.model.Prompt;
import dev.microcos.local.services.bedrock.model.Prompt.Block;
import java.util.List;
import java.util.Optional;

/**
 * Answers by fixed rules, always the same to the same prompt. No language model, and it says so.
 */
public final class OfflineModel implements ModelBackend {

  /** Three prompts that show what it can do, for a page to offer. */
  public static final List<String> EXAMPLES =
      List.of("Plan my day", "What is due today?", "Make a checklist: passport, tickets, charger");

  /** The one line that puts Ollama in its place. */
  public static final String OLLAMA_LINE =
      "MICROCOS_MODEL_URL=http://127.0.0.1:11434/v1 ./microcos up";

  /** In the order in which they are asked. */
  private static final List<Skill> SKILLS =
      List.of(
          new Drafting(),
          new Summarising(),
          new Checklists(),
          new Arithmetic(),
          new Recalling(),
          new Naming(),
          new Dates(),
          new DayPlan(),
          new TaskQuestions(),
          new Introduction(),
          new Wishes(),
          new Courtesies());

  private final Pace pace;

  /** A model that streams at this pace; answers to Converse come at once. */
  public OfflineModel(Pace pace) {
    this.pace = pace;
  }

  @Override
  public String name() {
    return "offline model";
  }

  @Override
  public ModelStream open(Prompt prompt, Delivery delivery) {
    Pace told = delivery == Delivery.STREAMED ? pace : Pace.AT_ONCE;
    Conversation conversation = Conversation.of(prompt);
    Optional<ToolCalls.Call> call = ToolCalls.choose(prompt, conversation);
    if (call.isPresent()) {
      return PreparedStream.toolCall(
          prompt, call.get().id(), call.get().name(), call.get().input().toString(), told);
    }
    String text =
        WorkflowSteps.answer(prompt, said -> answer(conversation.saying(said)))
            .or(() -> toolResult(prompt))
            .orElseGet(() ->
                answer(conversation)
                    .or(() -> answer(conversation.lastParagraph()))
                    .orElseGet(Introduction::nothingCoversThat));
    return PreparedStream.text(prompt, text, told);
  }

  /** What the tools gave back, if the last message holds that. */
  private static Optional<String> toolResult(Prompt prompt) {
    return prompt.last().content().stream()
        .filter(Block.ToolResult.class::isInstance)
        .map(Block.ToolResult.class::cast)
        .map(result -> (result.error() ? "That did not work: " : "Done: ") + result.text())
        .reduce((first, second) -> first + "\n" + second);
  }

  private static Optional<String> answer(Conversation conversation) {
    for (Skill skill : SKILLS) {
      Optional<String> answer = skill.answer(conversation);
      if (answer.isPresent()) {
        return answer;
      }
    }
    return Optional.empty();
  }
}
