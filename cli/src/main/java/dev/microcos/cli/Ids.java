package dev.microcos.cli;

import java.util.UUID;

/** Makes ids of what a person does. */
final class Ids {
  private Ids() {}

  /**
   * A new action id. It says nothing of when the action was: the clock of this machine need not be
   * the server's, least of all where somebody has moved that one.
   */
  static String actionId() {
    return UUID.randomUUID().toString();
  }
}
