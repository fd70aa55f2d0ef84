package dev.microcos.local.services.bedrock;

import static dev.microcos.local.services.bedrock.model.ModelCatalog.isBedrockLlama;

import dev.microcos.local.services.bedrock.model.BedrockFault;
import dev.microcos.local.services.bedrock.model.ModelBackend.Delivery;
import dev.microcos.local.services.bedrock.model.Prompt;
import dev.microcos.local.services.bedrock.model.Prompt.Block;
import dev.microcos.local.services.bedrock.model.Prompt.Choice;
import dev.microcos.local.services.bedrock.model.Prompt.Role;
import dev.microcos.local.services.bedrock.model.Prompt.Turn;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What Bedrock demands of a conversation before a model sees it, in Bedrock's words. A history that
 * passes here passes there.
 */
final class PromptRules {

  /** The longest answer of a Llama 3.x on Bedrock, in tokens (Bedrock model card). */
  private static final int LLAMA_MAX_TOKENS = 8192;

  private PromptRules() {}

  static void check(Prompt prompt, Delivery delivery) throws BedrockFault {
    checkRoles(prompt.turns());
    checkLimits(prompt);
    checkToolsOffered(prompt, delivery);
    checkToolResults(prompt.turns());
  }

  private static void checkRoles(List<Turn> turns) throws BedrockFault {
    if (turns.isEmpty() || turns.getFirst().role() != Role.USER) {
      throw BedrockFault.invalid(
          "A conversation must start with a user message. Try again with a conversation that starts"
              + " with a user message.");
    }
    for (int i = 1; i < turns.size(); i++) {
      if (turns.get(i).role() == turns.get(i - 1).role()) {
        throw BedrockFault.invalid(
            "A conversation must alternate between user and assistant roles. Make sure the"
                + " conversation alternates between user and assistant roles and try again.");
      }
    }
    if (turns.getLast().role() != Role.USER) {
      throw BedrockFault.invalid(
          "A conversation must end with a user message. Try again with a conversation that ends"
              + " with a user message.");
    }
  }

  private static void checkLimits(Prompt prompt) throws BedrockFault {
    int maxTokens = prompt.limits().maxTokens().orElse(1);
    if (maxTokens < 1) {
      throw BedrockFault.invalid(
          "1 validation error detected: Value '"
              + maxTokens
              + "' at 'inferenceConfig.maxTokens' failed to satisfy constraint: Member must have"
              + " value greater than or equal to 1");
    }
    if (isBedrockLlama(prompt.modelId()) && maxTokens > LLAMA_MAX_TOKENS) {
      throw BedrockFault.invalid(
          "The maximum tokens you requested exceeds the model limit of "
              + LLAMA_MAX_TOKENS
              + ". Try again with a maximum tokens value that is lower than "
              + LLAMA_MAX_TOKENS
              + ".");
    }
  }

  private static void checkToolsOffered(Prompt prompt, Delivery delivery) throws BedrockFault {
    boolean llama = isBedrockLlama(prompt.modelId());
    boolean offered = !prompt.tools().isEmpty();
    if (llama && offered && delivery == Delivery.STREAMED) {
      throw BedrockFault.invalid("This model doesn't support tool use in streaming mode.");
    }
    String forced =
        switch (prompt.choice()) {
          case Choice.Auto auto -> "";
          case Choice.Any any -> "any";
          case Choice.Named named -> "tool";
        };
    if (llama && !forced.isEmpty()) {
      throw BedrockFault.invalid(
          "This model doesn't support the toolConfig.toolChoice.%1$s field. Remove toolConfig.toolChoice.%1$s and try again."
              .formatted(forced));
    }
    boolean used =
        prompt.turns().stream()
            .flatMap(turn -> turn.content().stream())
            .anyMatch(block -> !(block instanceof Block.Text));
    if (used && !offered) {
      throw BedrockFault.invalid(
          "The toolConfig field must be defined when using toolUse and toolResult content blocks.");
    }
  }

  private static void checkToolResults(List<Turn> turns) throws BedrockFault {
    Set<String> asked = Set.of();
    for (int i = 0; i < turns.size(); i++) {
      String at = "messages." + i + ".content";
      Set<String> given =
          turns.get(i).content().stream()
              .filter(Block.ToolResult.class::isInstance)
              .map(block -> ((Block.ToolResult) block).id())
              .collect(Collectors.toSet());
      if (!given.containsAll(asked)) {
        throw BedrockFault.invalid(
            "Expected toolResult blocks at "
                + at
                + " for the following Ids: "
                + asked.stream().filter(id -> !given.contains(id)).sorted().toList());
      }
      if (!asked.containsAll(given)) {
        throw BedrockFault.invalid(
            "The number of toolResult blocks at "
                + at
                + " exceeds the number of toolUse blocks of previous turn.");
      }
      asked =
          turns.get(i).content().stream()
              .filter(Block.ToolUse.class::isInstance)
              .map(block -> ((Block.ToolUse) block).id())
              .collect(Collectors.toSet());
    }
  }
}
