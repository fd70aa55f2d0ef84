package dev.microcos.core.wire;

import static dev.microcos.core.wire.FactJson.optional;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.InputId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.id.StepId;
import dev.microcos.core.domain.log.Fact.TokenUse;
import dev.microcos.core.domain.log.RunFact;
import dev.microcos.core.domain.log.RunFact.ChildEnded;
import dev.microcos.core.domain.log.RunFact.ChildStarted;
import dev.microcos.core.domain.log.RunFact.ExecutionStarted;
import dev.microcos.core.domain.log.RunFact.InputReceived;
import dev.microcos.core.domain.log.RunFact.InputRequired;
import dev.microcos.core.domain.log.RunFact.RunCancelled;
import dev.microcos.core.domain.log.RunFact.RunCompleted;
import dev.microcos.core.domain.log.RunFact.RunFailed;
import dev.microcos.core.domain.log.RunFact.RunStarted;
import dev.microcos.core.domain.log.RunFact.RunTimedOut;
import dev.microcos.core.domain.log.RunFact.SignalReceived;
import dev.microcos.core.domain.log.RunFact.StepCompleted;
import dev.microcos.core.domain.log.RunFact.StepFailed;
import dev.microcos.core.domain.log.RunFact.StepStarted;
import dev.microcos.core.domain.log.RunFact.WaitRegistered;
import dev.microcos.core.domain.run.Parent;
import dev.microcos.core.domain.run.Parent.OnCancel;
import dev.microcos.core.domain.run.RunStatus;
import dev.microcos.core.domain.run.Trigger;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Facts of a run as the payload of an envelope; the forms are in {@code events/envelopes}. */
final class RunFactJson {

  private static final String TOKEN = "token";
  private static final String PARENT_TOKEN = "parent_token";

  private RunFactJson() {}

  static void fields(RunFact fact, JsonGenerator out, boolean secrets) throws IOException {
    switch (fact) {
      case RunStarted started -> started(started, out, secrets);
      case ExecutionStarted started ->
          out.writeStringField("execution_arn", started.executionArn());
      case StepStarted started -> step(started, out);
      case StepCompleted completed -> {
        attempt(completed.stepId(), completed.attempt(), out);
        DocumentJson.field(out, "patch", completed.patch());
        out.writeStringField("state_hash", completed.stateHash());
        spent(completed.durationMillis(), completed.tokens(), completed.costMicros(), out);
        optional(out, "operation_id", completed.operation());
      }
      case StepFailed failed -> {
        attempt(failed.stepId(), failed.attempt(), out);
        out.writeStringField("error", failed.error());
        out.writeStringField("cause", failed.cause());
        out.writeBooleanField("retryable", failed.retryable());
        spent(failed.durationMillis(), failed.tokens(), failed.costMicros(), out);
      }
      case InputRequired required -> {
        out.writeStringField("input_id", required.inputId().value());
        attempt(required.stepId(), required.attempt(), out);
        out.writeStringField("prompt", required.prompt());
        DocumentJson.field(out, "schema", required.schema());
        out.writeStringField("deadline", Json.instant(required.deadline()));
        optional(out, "default", required.otherwise());
        secret(out, TOKEN, required.token(), secrets);
      }
      case InputReceived received -> {
        out.writeStringField("input_id", received.inputId().value());
        DocumentJson.field(out, "value", received.value());
        out.writeStringField("by", received.by());
        Instant at = received.at();
        optional(out, "at", at == null ? null : Json.instant(at));
      }
      case WaitRegistered wait -> {
        out.writeStringField("wait_id", wait.waitId().value());
        attempt(wait.waitId(), wait.attempt(), out);
        out.writeStringField("signal", wait.signal());
        optional(out, "match", wait.match());
        out.writeStringField("deadline", Json.instant(wait.deadline()));
        secret(out, TOKEN, wait.token(), secrets);
      }
      case SignalReceived received -> signal(received, out);
      case ChildStarted child -> {
        out.writeStringField("child_id", child.childId().value());
        out.writeStringField("step_id", child.stepId().value());
        out.writeStringField("workflow", child.workflow());
        out.writeStringField("on_cancel", Json.name(child.onCancel()));
      }
      case ChildEnded child -> {
        out.writeStringField("child_id", child.childId().value());
        out.writeStringField("status", Json.name(child.status()));
        optional(out, "result", child.result());
        optional(out, "cause", child.cause());
      }
      case RunCompleted completed -> DocumentJson.field(out, "result", completed.result());
      case RunFailed failed -> {
        out.writeStringField("error", failed.error());
        out.writeStringField("cause", failed.cause());
        optional(out, "step_id", failed.stepId());
      }
      case RunCancelled cancelled -> out.writeStringField("by", cancelled.by());
      case RunTimedOut timedOut -> {}
    }
  }

  static RunFact read(String type, JsonNode payload) {
    return switch (type) {
      case "run.started" -> started(payload);
      case "run.execution_started" -> new ExecutionStarted(Json.text(payload, "execution_arn"));
      case "step.started" -> step(payload);
      case "step.completed" ->
          new StepCompleted(
              stepId(payload),
              attempt(payload),
              DocumentJson.in(payload, "patch"),
              Json.text(payload, "state_hash"),
              Json.number(payload, "duration_ms"),
              FactJson.tokens(payload),
              payload.path("cost").asLong(),
              operationOrNull(payload));
      case "step.failed" ->
          new StepFailed(
              stepId(payload),
              attempt(payload),
              Json.text(payload, "error"),
              Json.text(payload, "cause"),
              payload.path("retryable").asBoolean(),
              Json.number(payload, "duration_ms"),
              FactJson.tokens(payload),
              payload.path("cost").asLong());
      case "input.required" ->
          new InputRequired(
              inputId(payload),
              stepId(payload),
              attemptOrFirst(payload),
              Json.text(payload, "prompt"),
              DocumentJson.in(payload, "schema"),
              Json.instant(payload, "deadline"),
              DocumentJson.orNull(payload, "default"),
              secret(payload, TOKEN));
      case "input.received" ->
          new InputReceived(
              inputId(payload),
              DocumentJson.in(payload, "value"),
              Json.text(payload, "by"),
              Json.instantOrNull(payload, "at"));
      case "wait.registered" ->
          new WaitRegistered(
              new StepId(Json.text(payload, "wait_id")),
              attemptOrFirst(payload),
              Json.text(payload, "signal"),
              DocumentJson.orNull(payload, "match"),
              Json.instant(payload, "deadline"),
              secret(payload, TOKEN));
      case "signal.received" -> signal(payload);
      case "child.started" ->
          new ChildStarted(
              new RunId(Json.text(payload, "child_id")),
              stepId(payload),
              Json.text(payload, "workflow"),
              Json.constant(OnCancel.class, Json.text(payload, "on_cancel")));
      case "child.ended" ->
          new ChildEnded(
              new RunId(Json.text(payload, "child_id")),
              Json.constant(RunStatus.class, Json.text(payload, "status")),
              DocumentJson.orNull(payload, "result"),
              Json.textOrNull(payload, "cause"));
      case "run.completed" -> new RunCompleted(DocumentJson.in(payload, "result"));
      case "run.failed" ->
          new RunFailed(
              Json.text(payload, "error"), Json.text(payload, "cause"), stepOrNull(payload));
      case "run.cancelled" -> new RunCancelled(Json.text(payload, "by"));
      case "run.timed_out" -> new RunTimedOut();
      default -> throw new UnknownTypeException(type);
    };
  }

  static void started(RunStarted started, JsonGenerator out, boolean secrets) throws IOException {
    out.writeStringField("workflow", started.workflow());
    out.writeStringField("title", started.title());
    out.writeStringField("definition_hash", started.definitionHash());
    DocumentJson.field(out, "input", started.input());
    out.writeFieldName("trigger");
    trigger(started.trigger(), out);
    optional(out, "start_step", started.startStep());
    optional(out, "state", started.state());
    optional(out, "rerun_of", started.rerunOf());
    Parent parent = started.parent();
    if (parent != null) {
      out.writeObjectFieldStart("parent");
      out.writeStringField("run_id", parent.runId().value());
      attempt(parent.stepId(), parent.attempt(), out);
      out.writeStringField("on_cancel", Json.name(parent.onCancel()));
      out.writeEndObject();
    }
    String token = started.parentToken();
    if (token != null) {
      secret(out, PARENT_TOKEN, token, secrets);
    }
  }

  static RunStarted started(JsonNode payload) {
    String rerunOf = Json.textOrNull(payload, "rerun_of");
    JsonNode parent = payload.get("parent");
    return new RunStarted(
        Json.text(payload, "workflow"),
        Json.text(payload, "title"),
        Json.text(payload, "definition_hash"),
        DocumentJson.in(payload, "input"),
        trigger(payload.path("trigger")),
        Json.textOrNull(payload, "start_step"),
        DocumentJson.orNull(payload, "state"),
        rerunOf == null ? null : new RunId(rerunOf),
        parent == null ? null : parent(parent),
        Json.textOrNull(payload, PARENT_TOKEN));
  }

  static void trigger(Trigger trigger, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("kind", Json.name(trigger.kind()));
    optional(out, "name", trigger.name());
    out.writeEndObject();
  }

  static void signal(SignalReceived received, JsonGenerator out) throws IOException {
    out.writeStringField("wait_id", received.waitId().value());
    out.writeStringField("signal_id", received.signalId().value());
    out.writeStringField("signal", received.signal());
    DocumentJson.field(out, "data", received.data());
  }

  static SignalReceived signal(JsonNode payload) {
    return new SignalReceived(
        new StepId(Json.text(payload, "wait_id")),
        new EventId(Json.text(payload, "signal_id")),
        Json.text(payload, "signal"),
        DocumentJson.in(payload, "data"));
  }

  private static Trigger trigger(JsonNode json) {
    return new Trigger(
        Json.constant(Trigger.Kind.class, Json.text(json, "kind")), Json.textOrNull(json, "name"));
  }

  private static Parent parent(JsonNode json) {
    return new Parent(
        new RunId(Json.text(json, "run_id")),
        stepId(json),
        attemptOrFirst(json),
        Json.constant(OnCancel.class, Json.text(json, "on_cancel")));
  }

  private static void step(StepStarted started, JsonGenerator out) throws IOException {
    attempt(started.stepId(), started.attempt(), out);
    out.writeStringField("name", started.name());
    out.writeStringField("title", started.title());
    if (started.order() > 0) {
      out.writeNumberField("order", started.order());
    }
    Integer index = started.index();
    if (index != null) {
      out.writeNumberField("index", index);
    }
    out.writeStringField("handler", started.handler());
    optional(out, "into", started.into());
    optional(out, "input", started.input());
    out.writeStringField("input_hash", started.inputHash());
  }

  private static StepStarted step(JsonNode payload) {
    return new StepStarted(
        stepId(payload),
        Json.text(payload, "name"),
        Json.text(payload, "title"),
        payload.path("order").asInt(),
        payload.has("index") ? (Integer) (int) Json.number(payload, "index") : null,
        Json.text(payload, "handler"),
        Json.textOrNull(payload, "into"),
        attempt(payload),
        DocumentJson.orNull(payload, "input"),
        Json.text(payload, "input_hash"));
  }

  private static void attempt(StepId step, int attempt, JsonGenerator out) throws IOException {
    out.writeStringField("step_id", step.value());
    out.writeNumberField("attempt", attempt);
  }

  private static int attempt(JsonNode payload) {
    return (int) Json.number(payload, "attempt");
  }

  /** What was written before attempts were told is of the first. */
  static int attemptOrFirst(JsonNode payload) {
    return payload.path("attempt").asInt(1);
  }

  private static void spent(long durationMillis, TokenUse tokens, long cost, JsonGenerator out)
      throws IOException {
    out.writeNumberField("duration_ms", durationMillis);
    FactJson.tokens(out, tokens);
    if (cost > 0) {
      out.writeNumberField("cost", cost);
    }
  }

  private static void secret(JsonGenerator out, String field, String token, boolean shown)
      throws IOException {
    if (shown) {
      out.writeStringField(field, token);
    }
  }

  /** Empty in what was read from where it is never shown. */
  private static String secret(JsonNode payload, String field) {
    String token = Json.textOrNull(payload, field);
    return token == null ? "" : token;
  }

  private static StepId stepId(JsonNode payload) {
    return new StepId(Json.text(payload, "step_id"));
  }

  private static @Nullable StepId stepOrNull(JsonNode payload) {
    String step = Json.textOrNull(payload, "step_id");
    return step == null ? null : new StepId(step);
  }

  private static InputId inputId(JsonNode payload) {
    return new InputId(Json.text(payload, "input_id"));
  }

  private static @Nullable OperationId operationOrNull(JsonNode payload) {
    String operation = Json.textOrNull(payload, "operation_id");
    return operation == null ? null : new OperationId(operation);
  }
}
