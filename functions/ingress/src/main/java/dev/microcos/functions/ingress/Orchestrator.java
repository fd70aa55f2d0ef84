package dev.microcos.functions.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.application.ReadRuns;
import dev.microcos.core.application.port.People;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.log.RunFact.RunStarted;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.domain.run.Trigger;
import dev.microcos.core.wire.DocumentJson;
import dev.microcos.core.wire.Json;
import dev.microcos.core.wire.RunView;
import dev.microcos.core.wire.workflow.WorkflowDefinition;

/** The orchestrator in its shortest form: a prompt, and what became of it. */
record Orchestrator(RunWrites writes, ReadRuns runs, People people, Catalog catalog) {

  private static final String WORKFLOW = "orchestrate";
  private static final CheckedBodies BODIES = new CheckedBodies();

  Reply begin(Call call) {
    ObjectNode body = BODIES.checked(call, "post-prompt");
    ObjectNode input = Json.object().put("prompt", body.path("prompt").asText());
    WorkflowDefinition workflow = catalog.find(WORKFLOW);
    Catalog.check(workflow, input);
    RunId run =
        writes
            .begin(
                call,
                body,
                new RunStarted(
                    workflow.name(),
                    workflow.title(),
                    workflow.hash(),
                    DocumentJson.of(input),
                    new Trigger(Trigger.Kind.API, null),
                    null,
                    null,
                    null,
                    null,
                    null))
            .run();
    return Reply.json(
        200,
        out -> {
          out.writeStartObject();
          out.writeStringField("id", run.value());
          out.writeObjectFieldStart("details");
          out.writeStringField("status", "pending");
          out.writeEndObject();
          out.writeEndObject();
        });
  }

  Reply status(Call call, String id) {
    RunId run = Paths.id(id, RunId::new);
    RunState state =
        runs.find(people.current(call.user()), run).orElseThrow(() -> Problem.notFound(id));
    ObjectNode status = RunView.tree(state);
    JsonNode output = status.remove("result");
    if (output != null) {
      status.set("output", output);
    }
    return Reply.json(200, out -> out.writeTree(Json.object().set("status", status)));
  }
}
