package dev.microcos.core.wire;

import dev.microcos.core.application.port.Executions.Execution;
import dev.microcos.core.domain.log.RunFact.RunStarted;
import java.nio.charset.StandardCharsets;

/** What a run's execution is given: whose run it is, the state that it begins with, and where. */
public final class ExecutionJson {

  private ExecutionJson() {}

  /** The input of an execution as text. */
  public static String input(Execution execution) {
    RunStarted started = execution.started();
    byte[] json =
        Json.bytes(out -> {
          out.writeStartObject();
          out.writeObjectFieldStart("run");
          out.writeStringField("run_id", execution.run().run().value());
          out.writeStringField("user_id", execution.run().person().user().value());
          out.writeNumberField("generation", execution.run().person().generation());
          out.writeStringField("request_id", execution.request().value());
          out.writeStringField("workflow", started.workflow());
          out.writeNumberField("hops", execution.hops());
          out.writeEndObject();
          DocumentJson.field(out, "state", started.begin());
          FactJson.optional(out, "start_step", started.startStep());
          out.writeEndObject();
        });
    return new String(json, StandardCharsets.UTF_8);
  }
}
