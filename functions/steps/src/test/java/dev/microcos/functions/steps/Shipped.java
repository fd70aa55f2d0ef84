package dev.microcos.functions.steps;

import dev.microcos.core.wire.tool.Tools;
import dev.microcos.core.wire.workflow.BrokenWorkflowException;
import dev.microcos.core.wire.workflow.WorkflowDefinition;
import dev.microcos.core.wire.workflow.WorkflowReader;
import java.nio.file.Path;
import java.util.Map;

/** The workflows that ship. */
final class Shipped {
  private Shipped() {}

  static Map<String, WorkflowDefinition> workflows() {
    try {
      return WorkflowReader.read(Path.of("..", "..", "statemachines"), Tools.ofTheHouse());
    } catch (BrokenWorkflowException e) {
      throw new AssertionError(e);
    }
  }
}
