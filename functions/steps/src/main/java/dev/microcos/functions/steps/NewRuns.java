package dev.microcos.functions.steps;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.domain.log.RunFact.RunStarted;
import dev.microcos.core.domain.run.Parent;
import dev.microcos.core.domain.run.Trigger;
import dev.microcos.core.wire.DataSchemas;
import dev.microcos.core.wire.DocumentJson;
import dev.microcos.core.wire.Schemas.Fault;
import dev.microcos.core.wire.workflow.Near;
import dev.microcos.core.wire.workflow.WorkflowDefinition;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the first fact of a run that a step or a schedule starts. */
final class NewRuns {
  private final Supplier<Map<String, WorkflowDefinition>> workflows;

  NewRuns(Supplier<Map<String, WorkflowDefinition>> workflows) {
    this.workflows = workflows;
  }

  /**
   * The fact.
   *
   * @throws Permanent if there is no such workflow, or it does not take this input
   */
  RunStarted started(
      String name,
      JsonNode input,
      Trigger trigger,
      @Nullable Parent parent,
      @Nullable String parentToken) {
    Map<String, WorkflowDefinition> known = workflows.get();
    WorkflowDefinition workflow = known.get(name);
    if (workflow == null) {
      throw new Permanent(
          "unknown_workflow",
          "there is no workflow " + name + "; " + Near.instead(name, known.keySet()));
    }
    List<Fault> faults = DataSchemas.faults(workflow.inputSchema(), input);
    if (!faults.isEmpty()) {
      throw new Permanent(
          "invalid_input",
          name + ": /input" + faults.getFirst().pointer() + " " + faults.getFirst().detail());
    }
    return new RunStarted(
        name,
        workflow.title(),
        workflow.hash(),
        DocumentJson.of(input),
        trigger,
        null,
        null,
        null,
        parent,
        parentToken);
  }
}
