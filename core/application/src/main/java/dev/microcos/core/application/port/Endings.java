package dev.microcos.core.application.port;

/** What is known of executions that have ended. */
public interface Endings {

  /** How the execution with this ARN ended. */
  Ending of(String executionArn);

  /**
   * An end.
   *
   * @param input what the execution was given, JSON
   * @param output what it gave, JSON; {@code {}} if it gave nothing
   * @param error the name of what it failed with; empty if it did not
   * @param cause why
   */
  record Ending(String input, String output, String error, String cause) {}
}
