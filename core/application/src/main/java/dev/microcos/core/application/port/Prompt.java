package dev.microcos.core.application.port;

import dev.microcos.core.domain.user.Message.Role;
import java.util.List;

/**
 * What a model is given.
 *
 * @param model its id
 * @param system what it is to be
 * @param turns the conversation, oldest first; it begins and ends with the person
 * @param maxTokens how long the answer may become
 */
public record Prompt(String model, String system, List<Turn> turns, int maxTokens) {

  /** All of it as text, to be read by people. */
  public String text() {
    StringBuilder text = new StringBuilder(system);
    for (Turn turn : turns) {
      text.append("\n\n[").append(turn.role() == Role.USER ? "user" : "assistant").append("]\n");
      text.append(turn.text());
    }
    return text.toString();
  }

  /** What one side said. */
  public record Turn(Role role, String text) {}
}
