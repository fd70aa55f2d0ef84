package dev.microcos.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.InputId;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.id.StepId;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.run.RunStatus;
import dev.microcos.core.domain.user.AskedQuestion;
import dev.microcos.core.domain.user.KeptSignal;
import dev.microcos.core.domain.user.Memory;
import dev.microcos.core.domain.user.Notification;
import dev.microcos.core.domain.user.RegisteredWait;
import dev.microcos.core.domain.user.RunBrief;
import java.util.ArrayList;
import java.util.List;

/** Rows of what a person's state knows of runs, as they are read from a snapshot. */
final class UserRowJson {

  private UserRowJson() {}

  static RunBrief run(JsonNode json, long runSeq) {
    return new RunBrief(
        new RunId(Json.text(json, "id")),
        runSeq,
        Json.text(json, "workflow"),
        Json.text(json, "title"),
        Json.constant(RunStatus.class, Json.text(json, "status")),
        Json.instant(json, "started_at"),
        Json.instantOrNull(json, "ended_at"),
        Json.textOrNull(json, "error"));
  }

  static AskedQuestion question(JsonNode json) {
    return new AskedQuestion(
        new RunId(Json.text(json, "run_id")),
        Json.text(json, "workflow"),
        RunUpdatedJson.question(json, new InputId(Json.text(json, "id"))));
  }

  static RegisteredWait waiting(JsonNode json) {
    return new RegisteredWait(
        new RunId(Json.text(json, "run_id")),
        RunUpdatedJson.wait(json, new StepId(Json.text(json, "id"))),
        json.path("served").asBoolean());
  }

  static KeptSignal signal(JsonNode json) {
    return new KeptSignal(
        new EventId(Json.text(json, "id")),
        Json.text(json, "signal"),
        DocumentJson.in(json, "data"),
        FactJson.runOrNull(json),
        Json.instant(json, "at"));
  }

  static Memory memory(JsonNode json) {
    List<Document> values = new ArrayList<>();
    if (json.path("list").asBoolean()) {
      json.path("value").forEach(value -> values.add(DocumentJson.of(value)));
    } else {
      values.add(DocumentJson.in(json, "value"));
    }
    return new Memory(Json.text(json, "id"), json.path("list").asBoolean(), values);
  }

  static Notification notification(JsonNode json) {
    return new Notification(
        Json.text(json, "id"),
        Json.text(json, "title"),
        Json.text(json, "text"),
        FactJson.runOrNull(json),
        Json.instant(json, "at"));
  }
}
