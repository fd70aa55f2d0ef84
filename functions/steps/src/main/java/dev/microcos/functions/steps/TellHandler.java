package dev.microcos.functions.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.application.InvalidRequest;
import dev.microcos.core.application.port.Inbox;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.id.TaskId;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.UserFact.NotificationSent;
import dev.microcos.core.domain.log.UserFact.SignalSent;
import dev.microcos.core.domain.log.UserFact.TaskCreated;
import dev.microcos.core.domain.user.TaskSource;
import dev.microcos.core.wire.Bodies;
import dev.microcos.core.wire.DocumentJson;
import dev.microcos.core.wire.Json;
import dev.microcos.core.wire.Schemas;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiFunction;

/**
 * What steps tell the person's log: {@code signal}, {@code notify} and {@code publish}. Each tells
 * it once, however often it is attempted; its result is the id of what it told.
 */
final class TellHandler implements Handler {
  private final Inbox inbox;
  private final InstantSource clock;
  private final BiFunction<EventId, Step, Fact> fact;

  private TellHandler(Inbox inbox, InstantSource clock, BiFunction<EventId, Step, Fact> fact) {
    this.inbox = inbox;
    this.clock = clock;
    this.fact = fact;
  }

  /** {@code signal}: sends a signal, to whom it may concern or to one run. */
  static TellHandler signal(Inbox inbox, InstantSource clock) {
    return new TellHandler(inbox, clock, TellHandler::signal);
  }

  /** {@code notify}: tells the person something. */
  static TellHandler notifying(Inbox inbox, InstantSource clock) {
    return new TellHandler(
        inbox,
        clock,
        (id, step) ->
            new NotificationSent(
                step.with().path("title").asText(),
                step.with().path("text").asText(),
                step.run().run(),
                List.of()));
  }

  /** {@code publish}: adds something to what the person has, as a task. */
  static TellHandler publish(Inbox inbox, InstantSource clock, Schemas schemas) {
    return new TellHandler(inbox, clock, (id, step) -> task(id, step, schemas));
  }

  @Override
  public Done handle(Step step) {
    EventId id = step.once("told");
    inbox.send(step.run().envelope(id, fact.apply(id, step), null, clock.instant()));
    return Done.With.result(JsonNodeFactory.instance.textNode(id.value()));
  }

  private static Fact signal(EventId id, Step step) {
    JsonNode run = step.with().path("run_id");
    try {
      return SignalSent.asked(
          id,
          step.with().path("type").asText(),
          DocumentJson.of(step.with().path("data")),
          run.isTextual() ? new RunId(run.asText()) : null);
    } catch (IllegalArgumentException e) {
      throw new Permanent("invalid_signal", String.valueOf(e.getMessage()));
    }
  }

  private static Fact task(EventId id, Step step, Schemas schemas) {
    ObjectNode body = Templates.emptyIfMissing(step.with().path("payload"));
    List<Schemas.Fault> faults = schemas.faults("api/requests/post-task", body);
    if (!faults.isEmpty()) {
      throw new Permanent(
          "invalid_payload", faults.getFirst().pointer() + " " + faults.getFirst().detail());
    }
    try {
      TaskCreated task = Bodies.task(body, TaskId.madeBy(id));
      return new TaskCreated(
          task.taskId(),
          task.title(),
          task.due(),
          task.notes(),
          task.priority(),
          task.status(),
          TaskSource.WORKFLOW);
    } catch (InvalidRequest e) {
      throw new Permanent(
          "invalid_payload",
          Json.text(JsonNodeFactory.instance.textNode(String.valueOf(e.getMessage()))));
    }
  }
}
