package dev.microcos.functions.steps;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.microcos.core.application.Answer.Pace;
import dev.microcos.core.application.Consult;
import dev.microcos.core.application.port.Inbox;
import dev.microcos.core.aws.Adapters;
import dev.microcos.core.aws.Host;
import dev.microcos.core.aws.Telemetry;
import dev.microcos.core.wire.Schemas;
import dev.microcos.core.wire.tool.Tools;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * Does the steps of workflows; and takes from EventBridge which executions have ended, and from
 * Scheduler which schedules are due.
 */
public final class StepsHandler implements RequestHandler<Map<String, Object>, Object> {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** How often somebody who stopped a call is heard; nobody reads along. */
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Telemetry telemetry;
  private final Steps steps;
  private final Ended ended;
  private final Due due;

  /** As Lambda makes it. */
  public StepsHandler() {
    this(Host.lambda());
  }

  public StepsHandler(Host host) {
    Adapters adapters = new Adapters(host);
    Inbox inbox = adapters.inbox();
    InstantSource clock = host.clock();
    NewRuns runs = new NewRuns(adapters.workflows()::all);
    Consult consult =
        new Consult(adapters.model(), adapters.operations(), clock, Pace.flushing(LOOK));
    this.telemetry = new Telemetry(host);
    this.steps =
        new Steps(
            Map.of(
                "tool", new ToolHandler(Tools.ofTheHouse(), clock),
                "agent",
                    new AgentHandler(
                        consult,
                        Map.of(
                            "big", host.require("MICROCOS_BIG_MODEL"),
                            "small", host.require("MICROCOS_SMALL_MODEL"))),
                "ask", new AskHandler(inbox, clock),
                "await", new AwaitHandler(inbox, clock),
                "signal", TellHandler.signal(inbox, clock),
                "notify", TellHandler.notifying(inbox, clock),
                "publish", TellHandler.publish(inbox, clock, new Schemas()),
                "memory", new MemoryHandler(inbox, clock, new Remembered(adapters.log())),
                "start", new StartHandler(runs, inbox, clock)),
            adapters.people(),
            inbox,
            clock);
    this.ended = new Ended(adapters.endings(), inbox, clock);
    this.due =
        new Due(runs, adapters.people(), adapters.schedules(), adapters.owners(), inbox, clock);
  }

  @Override
  public Object handleRequest(Map<String, Object> event, Context context) {
    return telemetry.invocation(context, () -> handle(MAPPER.valueToTree(event)));
  }

  private Object handle(JsonNode event) {
    if (event.path("detail-type").asText().equals(Ended.DETAIL_TYPE)) {
      ended.handle(event.path("detail"));
      return Map.of();
    }
    if (event.has("schedule")) {
      due.handle(event);
      return Map.of();
    }
    Step step = step(event);
    JsonNode[] after = new JsonNode[1];
    telemetry.about(
        Map.of(
            "request_id", step.run().request().value(),
            "run_id", step.run().run().value(),
            "step_id", step.id().value()),
        () -> after[0] = steps.handle(step));
    return MAPPER.convertValue(after[0], Object.class);
  }

  /** What cannot be read will never be. */
  private static Step step(JsonNode event) {
    try {
      return Step.of(event);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new Permanent("unreadable", "this is no step: " + e.getMessage());
    }
  }
}
