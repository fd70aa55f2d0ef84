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

  /** What one side said. */
  public record Turn(Role role, String text) {}
}
