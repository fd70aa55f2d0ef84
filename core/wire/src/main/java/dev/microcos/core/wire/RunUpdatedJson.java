package dev.microcos.core.wire;

import static dev.microcos.core.wire.FactJson.optional;
import static dev.microcos.core.wire.FactJson.texts;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.InputId;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.id.StepId;
import dev.microcos.core.domain.log.UserFact.Given;
import dev.microcos.core.domain.log.UserFact.RunUpdated;
import dev.microcos.core.domain.run.OpenQuestion;
import dev.microcos.core.domain.run.OpenWait;
import dev.microcos.core.domain.run.RunStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a person's log knows of a run: questions and waits are maps by id. */
final class RunUpdatedJson {

  private RunUpdatedJson() {}

  static void fields(RunUpdated run, JsonGenerator out) throws IOException {
    out.writeStringField("run_id", run.runId().value());
    out.writeNumberField("run_seq", run.runSeq());
    out.writeStringField("workflow", run.workflow());
    out.writeStringField("title", run.title());
    out.writeStringField("status", Json.name(run.status()));
    out.writeStringField("started_at", Json.instant(run.startedAt()));
    Instant endedAt = run.endedAt();
    if (endedAt != null) {
      out.writeStringField("ended_at", Json.instant(endedAt));
    }
    optional(out, "error", run.error());
    out.writeObjectFieldStart("questions");
    for (OpenQuestion question : run.questions()) {
      out.writeObjectFieldStart(question.inputId().value());
      fields(question, out);
      out.writeEndObject();
    }
    out.writeEndObject();
    out.writeObjectFieldStart("waits");
    for (OpenWait wait : run.waits()) {
      out.writeObjectFieldStart(wait.waitId().value());
      fields(wait, out);
      out.writeEndObject();
    }
    out.writeEndObject();
    if (!run.given().isEmpty()) {
      out.writeArrayFieldStart("given");
      for (Given given : run.given()) {
        out.writeStartObject();
        out.writeStringField("signal_id", given.signalId().value());
        out.writeStringField("wait_id", given.waitId().value());
        out.writeEndObject();
      }
      out.writeEndArray();
    }
    texts(out, "leaving", run.leaving());
  }

  static void fields(OpenQuestion question, JsonGenerator out) throws IOException {
    out.writeStringField("step", question.step());
    out.writeStringField("prompt", question.prompt());
    DocumentJson.field(out, "schema", question.schema());
    out.writeStringField("deadline", Json.instant(question.deadline()));
    optional(out, "default", question.otherwise());
  }

  static void fields(OpenWait wait, JsonGenerator out) throws IOException {
    out.writeStringField("signal", wait.signal());
    optional(out, "match", wait.match());
  }

  static RunUpdated read(JsonNode payload) {
    List<OpenQuestion> questions = new ArrayList<>();
    payload
        .path("questions")
        .properties()
        .forEach(each -> questions.add(question(each.getValue(), new InputId(each.getKey()))));
    List<OpenWait> waits = new ArrayList<>();
    payload
        .path("waits")
        .properties()
        .forEach(each -> waits.add(wait(each.getValue(), new StepId(each.getKey()))));
    List<Given> given = new ArrayList<>();
    for (JsonNode each : payload.path("given")) {
      given.add(
          new Given(
              new EventId(Json.text(each, "signal_id")), new StepId(Json.text(each, "wait_id"))));
    }
    return new RunUpdated(
        new RunId(Json.text(payload, "run_id")),
        Json.number(payload, "run_seq"),
        Json.text(payload, "workflow"),
        Json.text(payload, "title"),
        Json.constant(RunStatus.class, Json.text(payload, "status")),
        Json.instant(payload, "started_at"),
        Json.instantOrNull(payload, "ended_at"),
        Json.textOrNull(payload, "error"),
        questions,
        waits,
        given,
        texts(payload.path("leaving")).stream().map(RunId::new).toList());
  }

  static OpenQuestion question(JsonNode json, InputId id) {
    return new OpenQuestion(
        id,
        Json.text(json, "step"),
        Json.text(json, "prompt"),
        DocumentJson.in(json, "schema"),
        Json.instant(json, "deadline"),
        DocumentJson.orNull(json, "default"));
  }

  static OpenWait wait(JsonNode json, StepId id) {
    return new OpenWait(id, Json.text(json, "signal"), DocumentJson.orNull(json, "match"));
  }
}
