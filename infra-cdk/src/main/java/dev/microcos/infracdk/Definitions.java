package dev.microcos.infracdk;

import dev.microcos.core.wire.tool.Tools;
import dev.microcos.core.wire.workflow.BrokenWorkflowException;
import dev.microcos.core.wire.workflow.WorkflowDefinition;
import dev.microcos.core.wire.workflow.WorkflowReader;
import java.nio.file.Path;
import java.util.SortedMap;

/** The workflows of the repository, by the same reader as the API's and the local cloud's. */
final class Definitions {
  private Definitions() {}

  /**
   * All workflows.
   *
   * @throws IllegalStateException with every fault of a broken folder: nothing is synthesized
   */
  static SortedMap<String, WorkflowDefinition> in(Path root) {
    try {
      return WorkflowReader.read(root.resolve("statemachines"), Tools.ofTheHouse());
    } catch (BrokenWorkflowException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
