package dev.microcos.core.wire.workflow;

/**
 * What is wrong with a workflow's folder.
 *
 * @param file from the folder of all workflows on, as {@code approval/definition.asl.json}
 * @param state the state that it is in; empty if it is in none
 * @param reason what is wrong, in words for the author
 */
public record Fault(String file, String state, String reason) {
  @Override
  public String toString() {
    return file + (state.isEmpty() ? "" : ", state \"" + state + "\"") + ": " + reason;
  }
}
