package dev.microcos.core.wire;

import static dev.microcos.core.wire.FactJson.optional;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.domain.id.InputId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.id.StepId;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.run.Child;
import dev.microcos.core.domain.run.Parent;
import dev.microcos.core.domain.run.Question;
import dev.microcos.core.domain.run.Spent;
import dev.microcos.core.domain.run.Step;
import dev.microcos.core.domain.run.Wait;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The rows of a run: the same in its view and in a snapshot, but for what nobody is shown. */
final class RunRowJson {

  private RunRowJson() {}

  /**
   * Writes a step.
   *
   * @param patch what leads from the state before it to the state after it, if it is known
   */
  static void step(Step step, @Nullable Document patch, JsonGenerator out, boolean whole)
      throws IOException {
    out.writeStringField("name", step.name());
    out.writeStringField("title", step.title());
    out.writeNumberField("order", step.order());
    Integer index = step.index();
    if (index != null) {
      out.writeNumberField("index", index);
    }
    out.writeStringField("handler", step.handler());
    out.writeStringField("status", Json.name(step.status()));
    out.writeNumberField("attempt", step.attempt());
    if (whole) {
      optional(out, "into", step.into());
      optional(out, "input", step.input());
    }
    optional(out, "patch", patch);
    out.writeStringField("started_at", Json.instant(step.startedAt()));
    Instant completedAt = step.completedAt();
    if (completedAt != null) {
      out.writeStringField("completed_at", Json.instant(completedAt));
      out.writeNumberField("duration_ms", step.durationMillis());
    }
    optional(out, "error", step.error());
    optional(out, "cause", step.cause());
    optional(out, "model", step.model().isEmpty() ? null : step.model());
    optional(out, "operation_id", step.operation());
    if (!step.spent().equals(Spent.NOTHING)) {
      out.writeFieldName("cost");
      spent(step.spent(), out);
    }
  }

  static Step step(JsonNode json) {
    String operation = Json.textOrNull(json, "operation_id");
    String model = Json.textOrNull(json, "model");
    return new Step(
        new StepId(Json.text(json, "id")),
        Json.text(json, "name"),
        Json.text(json, "title"),
        (int) Json.number(json, "order"),
        json.has("index") ? (Integer) (int) Json.number(json, "index") : null,
        Json.text(json, "handler"),
        Json.textOrNull(json, "into"),
        Json.constant(Step.Status.class, Json.text(json, "status")),
        (int) Json.number(json, "attempt"),
        DocumentJson.orNull(json, "input"),
        DocumentJson.orNull(json, "patch"),
        Json.instant(json, "started_at"),
        Json.instantOrNull(json, "completed_at"),
        json.path("duration_ms").asLong(),
        Json.textOrNull(json, "error"),
        Json.textOrNull(json, "cause"),
        model == null ? "" : model,
        operation == null ? null : new OperationId(operation),
        spent(json.get("cost")));
  }

  static void spent(Spent spent, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeNumberField("input_tokens", spent.inputTokens());
    out.writeNumberField("output_tokens", spent.outputTokens());
    out.writeNumberField("micro_usd", spent.micros());
    out.writeEndObject();
  }

  static Spent spent(@Nullable JsonNode json) {
    return json == null
        ? Spent.NOTHING
        : new Spent(
            Json.number(json, "input_tokens"),
            Json.number(json, "output_tokens"),
            Json.number(json, "micro_usd"));
  }

  static void question(Question question, JsonGenerator out, boolean whole) throws IOException {
    out.writeStringField("step_id", question.stepId().value());
    out.writeStringField("prompt", question.prompt());
    DocumentJson.field(out, "schema", question.schema());
    out.writeStringField("asked_at", Json.instant(question.askedAt()));
    out.writeStringField("deadline", Json.instant(question.deadline()));
    optional(out, "default", question.otherwise());
    out.writeStringField("status", Json.name(question.status()));
    Question.Answer answer = question.answer();
    if (answer != null) {
      out.writeObjectFieldStart("answer");
      DocumentJson.field(out, "value", answer.value());
      out.writeStringField("by", answer.by());
      out.writeStringField("at", Json.instant(answer.at()));
      out.writeEndObject();
    }
    if (whole) {
      out.writeNumberField("attempt", question.attempt());
      out.writeStringField("token", question.token());
    }
  }

  static Question question(JsonNode json) {
    JsonNode answer = json.get("answer");
    return new Question(
        new InputId(Json.text(json, "id")),
        new StepId(Json.text(json, "step_id")),
        RunFactJson.attemptOrFirst(json),
        Json.text(json, "prompt"),
        DocumentJson.in(json, "schema"),
        Json.instant(json, "asked_at"),
        Json.instant(json, "deadline"),
        DocumentJson.orNull(json, "default"),
        Json.text(json, "token"),
        Json.constant(Question.Status.class, Json.text(json, "status")),
        answer == null
            ? null
            : new Question.Answer(
                DocumentJson.in(answer, "value"),
                Json.text(answer, "by"),
                Json.instant(answer, "at")));
  }

  static void waiting(Wait wait, JsonGenerator out, boolean whole) throws IOException {
    out.writeStringField("step_id", wait.waitId().value());
    out.writeStringField("signal", wait.signal());
    optional(out, "match", wait.match());
    out.writeStringField("since", Json.instant(wait.since()));
    out.writeStringField("deadline", Json.instant(wait.deadline()));
    out.writeStringField("status", Json.name(wait.status()));
    optional(out, "data", wait.data());
    if (whole) {
      out.writeNumberField("attempt", wait.attempt());
      out.writeStringField("token", wait.token());
    }
  }

  static Wait waiting(JsonNode json) {
    return new Wait(
        new StepId(Json.text(json, "id")),
        RunFactJson.attemptOrFirst(json),
        Json.text(json, "signal"),
        DocumentJson.orNull(json, "match"),
        Json.instant(json, "since"),
        Json.instant(json, "deadline"),
        Json.text(json, "token"),
        Json.constant(Wait.Status.class, Json.text(json, "status")),
        DocumentJson.orNull(json, "data"));
  }

  static void child(Child child, JsonGenerator out, boolean whole) throws IOException {
    out.writeStringField("workflow", child.workflow());
    out.writeStringField("step_id", child.stepId().value());
    if (whole) {
      out.writeStringField("on_cancel", Json.name(child.onCancel()));
      out.writeBooleanField("over", child.over());
      optional(out, "result", child.result());
    }
  }

  static Child child(JsonNode json) {
    return new Child(
        new RunId(Json.text(json, "id")),
        new StepId(Json.text(json, "step_id")),
        Json.text(json, "workflow"),
        Json.constant(Parent.OnCancel.class, Json.text(json, "on_cancel")),
        json.path("over").asBoolean(),
        DocumentJson.orNull(json, "result"));
  }
}
