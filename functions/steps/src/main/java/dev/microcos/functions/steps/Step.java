package dev.microcos.functions.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.StepId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step as Step Functions asks for it.
 *
 * @param title for people
 * @param into under which name its result goes into the state; empty if nowhere
 * @param with what its handler is given
 * @param templates which texts of it are templates
 * @param models ids of models that stand in for the usual ones, by size
 * @param entered when its state was entered
 * @param attempt from 1 on; a question whose time is up goes on counting
 * @param index which item of a Map, or branch of a Parallel; null outside of them
 * @param token what the execution waits with, if it waits
 * @param patience how long it waits at most; zero if it does not
 * @param expired whether it is a question again whose time is up
 * @param state the state before it
 */
record Step(
    RunContext run,
    StepId id,
    String name,
    String handler,
    String title,
    String into,
    ObjectNode with,
    JsonNode templates,
    JsonNode models,
    Instant entered,
    int attempt,
    @Nullable Integer index,
    @Nullable String token,
    Duration patience,
    boolean expired,
    JsonNode state) {

  /**
   * Reads what the function is invoked with.
   *
   * @throws IllegalArgumentException if it is no step
   */
  static Step of(JsonNode event) {
    RunContext run =
        RunContext.in(event)
            .orElseThrow(() -> new IllegalArgumentException("a step names its run"));
    JsonNode step = event.path("step");
    JsonNode state = step.path("state");
    String name = state.path("Name").asText();
    String entered = state.path("EnteredTime").asText();
    Integer index = step.has("index") ? (Integer) step.path("index").asInt() : null;
    if (!(event.path("with") instanceof ObjectNode with)) {
      throw new IllegalArgumentException("a step has arguments in with");
    }
    return new Step(
        run,
        StepId.of(step.path("execution").asText(), name, entered, index),
        name,
        event.path("handler").asText(),
        event.path("title").asText(name),
        event.path("into").asText(),
        with,
        event.path("templates"),
        event.path("models"),
        Instant.parse(entered),
        state.path("RetryCount").asInt() + step.path("asked_again").asInt() + 1,
        index,
        event.hasNonNull("token") ? event.path("token").asText() : null,
        Duration.ofSeconds(step.path("timeout_seconds").asLong()),
        event.path("expired").asBoolean(),
        event.path("state"));
  }

  /**
   * The same with its templates filled in from the state.
   *
   * @throws Permanent naming what the state does not have
   */
  Step filled() {
    ObjectNode filled = with.deepCopy();
    for (JsonNode field : templates) {
      String template = with.path(field.asText()).asText();
      filled.put(field.asText(), Templates.render(template, state, handler.equals("agent")));
    }
    return new Step(
        run, id, name, handler, title, into, filled, templates, models, entered, attempt, index,
        token, patience, expired, state);
  }

  /** The id of something that this attempt reports; the same each time that it reports it. */
  EventId ofAttempt(String what) {
    return EventId.ofReport(entered, id.value(), Integer.toString(attempt), what);
  }

  /** The id of something that the step does once, however often it is attempted. */
  EventId once(String what) {
    return EventId.ofReport(entered, id.value(), what);
  }

  /** The call of a model that this attempt makes. */
  OperationId operation() {
    return OperationId.startedBy(ofAttempt("operation"));
  }

  /** The token that the execution waits with. */
  String requireToken() {
    String given = token;
    if (given == null) {
      throw new Permanent("no_token", handler + " must be waited for: .waitForTaskToken");
    }
    return given;
  }

  /** Until when the execution waits. */
  Instant deadline() {
    return entered.plus(patience);
  }
}
