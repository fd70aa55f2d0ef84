package dev.microcos.local.services.bedrock.model;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Cuts text into pieces of about a token: a word with the space before it, long words in parts.
 * This is no tokenizer of any real model; it makes streams and counts of a natural size.
 */
public final class Pieces {

  /** Eight code points at most, with any white space before them. */
  private static final Pattern PIECE = Pattern.compile("\\s*\\S{1,8}|\\s+");

  private Pieces() {}

  /** The pieces, which joined are the text again. */
  public static List<String> of(String text) {
    return PIECE.matcher(text).results().map(MatchResult::group).toList();
  }

  /** How many tokens a prompt is taken for: its characters by four, rounded up, and 1 at least. */
  public static int estimate(Prompt prompt) {
    int characters = prompt.system().stream().mapToInt(String::length).sum();
    for (Prompt.Turn turn : prompt.turns()) {
      for (Prompt.Block block : turn.content()) {
        characters +=
            switch (block) {
              case Prompt.Block.Text(String text) -> text.length();
              case Prompt.Block.ToolUse use ->
                  use.name().length() + use.input().toString().length();
              case Prompt.Block.ToolResult result -> result.text().length();
            };
      }
    }
    for (Prompt.Tool tool : prompt.tools()) {
      characters += tool.description().length() + tool.inputSchema().toString().length();
    }
    return Math.max(1, (characters + 3) / 4);
  }
}
