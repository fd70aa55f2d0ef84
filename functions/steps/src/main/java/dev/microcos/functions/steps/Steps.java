package dev.microcos.functions.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.flipkart.zjsonpatch.JsonDiff;
import dev.microcos.core.application.port.Inbox;
import dev.microcos.core.application.port.People;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.Fact.TokenUse;
import dev.microcos.core.domain.log.RunFact.StepCompleted;
import dev.microcos.core.domain.log.RunFact.StepFailed;
import dev.microcos.core.domain.log.RunFact.StepStarted;
import dev.microcos.core.wire.DocumentJson;
import dev.microcos.core.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has steps done by their handlers, and reports to the run's log how each went. */
final class Steps {
  private static final Logger LOG = LoggerFactory.getLogger(Steps.class);

  private final Map<String, Handler> handlers;
  private final People people;
  private final Inbox inbox;
  private final InstantSource clock;

  Steps(Map<String, Handler> handlers, People people, Inbox inbox, InstantSource clock) {
    this.handlers = Map.copyOf(handlers);
    this.people = people;
    this.inbox = inbox;
    this.clock = clock;
  }

  /**
   * Does a step; the state after it, or an empty object if it is ended by its token.
   *
   * @throws Permanent of somebody who was erased, so that their execution ends
   */
  JsonNode handle(Step step) {
    if (isErased(step.run().person())) {
      throw new Permanent("erased", "the person was erased");
    }
    Instant began = clock.instant();
    Document before = DocumentJson.of(step.state());
    if (!step.expired()) {
      report(
          step,
          step.ofAttempt("started"),
          new StepStarted(
              step.id(),
              step.name(),
              step.title(),
              0,
              step.index(),
              step.handler(),
              step.token() == null || step.into().isEmpty() ? null : step.into(),
              step.attempt(),
              before,
              before.hash()));
    }
    try {
      return switch (handler(step).handle(step.filled())) {
        case Done.Later later -> Json.object();
        case Done.With done -> completed(step, began, done);
      };
    } catch (Spent e) {
      throw failed(step, began, e.failure(), e.tokens(), e.costMicros());
    } catch (RuntimeException e) {
      throw failed(step, began, e, TokenUse.NONE, 0);
    }
  }

  private boolean isErased(Person person) {
    return people.current(person.user(), person.generation()).generation() > person.generation();
  }

  private Handler handler(Step step) {
    Handler handler = handlers.get(step.handler());
    if (handler == null) {
      throw new Permanent("unknown_handler", "there is no handler " + step.handler());
    }
    return handler;
  }

  private JsonNode completed(Step step, Instant began, Done.With done) {
    JsonNode after = after(step, done.result());
    report(
        step,
        step.ofAttempt("completed"),
        new StepCompleted(
            step.id(),
            step.attempt(),
            DocumentJson.of(JsonDiff.asJson(step.state(), after)),
            DocumentJson.of(after).hash(),
            Duration.between(began, clock.instant()).toMillis(),
            done.tokens(),
            done.costMicros(),
            done.operation()));
    return after;
  }

  private static JsonNode after(Step step, JsonNode result) {
    if (step.into().isEmpty()) {
      return step.state();
    }
    if (!(step.state() instanceof ObjectNode before)) {
      throw new Permanent(
          "no_state",
          "the state before "
              + step.name()
              + " is no object; make one with ItemSelector or Output");
    }
    ObjectNode after = before.deepCopy();
    after.set(step.into(), result);
    return after;
  }

  /** What fails for no reason that is known here may pass: an outage, a crash, a quota. */
  private StepFailure failed(
      Step step, Instant began, Throwable failure, TokenUse tokens, long costMicros) {
    StepFailure told = failure instanceof StepFailure known ? known : unknown(failure);
    report(
        step,
        step.ofAttempt("failed"),
        new StepFailed(
            step.id(),
            step.attempt(),
            told.getClass().getSimpleName() + "." + told.code(),
            told.detail(),
            told instanceof Retryable,
            Duration.between(began, clock.instant()).toMillis(),
            tokens,
            costMicros));
    return told;
  }

  private static Retryable unknown(Throwable failure) {
    LOG.error("a step failed", failure);
    return new Retryable("internal", "the step failed; see the function's log");
  }

  private void report(Step step, EventId id, Fact fact) {
    inbox.send(step.run().envelope(id, fact, operation(step), clock.instant()));
  }

  private static @Nullable OperationId operation(Step step) {
    return step.handler().equals("agent") ? step.operation() : null;
  }
}
