package dev.microcos.functions.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.application.port.Inbox;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.log.RunFact.RunStarted;
import dev.microcos.core.domain.run.Parent;
import dev.microcos.core.domain.run.Parent.OnCancel;
import dev.microcos.core.domain.run.Trigger;
import dev.microcos.core.wire.Json;
import java.time.InstantSource;

/**
 * {@code start}: starts a run of another workflow, and waits for its end where it has a token. It
 * is one run however often the step is attempted; each new token is told to it.
 */
final class StartHandler implements Handler {
  /** A run that starts runs that start runs: so deep and no deeper. */
  private static final int DEEPEST = 12;

  private final NewRuns runs;
  private final Inbox inbox;
  private final InstantSource clock;

  StartHandler(NewRuns runs, Inbox inbox, InstantSource clock) {
    this.runs = runs;
    this.inbox = inbox;
    this.clock = clock;
  }

  @Override
  public Done handle(Step step) {
    if (step.run().hops() >= DEEPEST) {
      throw new Permanent("too_deep", "runs have started runs " + DEEPEST + " deep");
    }
    RunId child = RunId.startedBy(step.once("start"));
    EventId id = step.once(step.token() == null ? "start" : "start " + step.token());
    JsonNode input = step.with().path("input");
    OnCancel onCancel =
        step.with().path("on_cancel").asText().equals("leave") ? OnCancel.LEAVE : OnCancel.CANCEL;
    RunStarted started =
        runs.started(
            step.with().path("workflow").asText(),
            input,
            new Trigger(Trigger.Kind.RUN, step.run().workflow()),
            new Parent(step.run().run(), step.id(), step.attempt(), onCancel),
            step.token());
    RunContext ofChild =
        new RunContext(
            step.run().person(),
            child,
            step.run().request(),
            started.workflow(),
            step.run().hops());
    inbox.send(ofChild.envelope(id, started, null, clock.instant()));
    ObjectNode result = Json.object().put("run_id", child.value());
    return step.token() == null ? Done.With.result(result) : new Done.Later();
  }
}
