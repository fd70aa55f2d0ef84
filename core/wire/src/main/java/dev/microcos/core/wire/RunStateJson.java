package dev.microcos.core.wire;

import static dev.microcos.core.wire.FactJson.optional;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.id.StepId;
import dev.microcos.core.domain.log.Row;
import dev.microcos.core.domain.log.Rows;
import dev.microcos.core.domain.run.Begun;
import dev.microcos.core.domain.run.Ending;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.domain.run.RunStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run's whole state as it is kept in a snapshot. */
public final class RunStateJson {

  private static final Versions VERSIONS = new Versions("a run's state", List.of());

  private RunStateJson() {}

  /** A state as UTF-8. */
  public static byte[] write(RunState state) {
    return Json.bytes(out -> {
      out.writeStartObject();
      out.writeNumberField("version", RunState.VERSION);
      out.writeNumberField("seq", state.seq());
      out.writeStringField("committed_at", state.committedAt().toString());
      StateJson.ring(state.ring(), out);
      begun(state.begun(), out);
      out.writeStringField("status", Json.name(state.status()));
      out.writeStringField("state_hash", state.stateHash());
      optional(out, "execution_arn", state.executionArn());
      Instant startedAt = state.startedAt();
      optional(out, "started_at", startedAt == null ? null : Json.instant(startedAt));
      ending(state.ending(), out);
      rows("steps", state.steps(), (row, to) -> RunRowJson.step(row, row.patch(), to, true), out);
      rows("questions", state.questions(), (row, to) -> RunRowJson.question(row, to, true), out);
      rows("waits", state.waits(), (row, to) -> RunRowJson.waiting(row, to, true), out);
      rows("children", state.children(), (row, to) -> RunRowJson.child(row, to, true), out);
      out.writeFieldName("cost");
      RunRowJson.spent(state.spent(), out);
      out.writeEndObject();
    });
  }

  /**
   * The state that was written.
   *
   * @throws UnknownTypeException if a later release wrote it
   */
  public static RunState read(byte[] json, PersonRun run) {
    JsonNode tree = VERSIONS.today(Json.tree(json));
    return new RunState(
        run,
        Json.number(tree, "seq"),
        Json.instant(tree, "committed_at"),
        StateJson.ring(tree, run),
        tree.has("begun") ? begun(tree.path("begun")) : null,
        Json.constant(RunStatus.class, Json.text(tree, "status")),
        Json.text(tree, "state_hash"),
        Json.textOrNull(tree, "execution_arn"),
        Json.instantOrNull(tree, "started_at"),
        tree.has("ending") ? ending(tree.path("ending")) : null,
        StateJson.rows(tree.path("steps"), RunRowJson::step),
        StateJson.rows(tree.path("questions"), RunRowJson::question),
        StateJson.rows(tree.path("waits"), RunRowJson::waiting),
        StateJson.rows(tree.path("children"), RunRowJson::child),
        RunRowJson.spent(tree.get("cost")));
  }

  /** Writes the fields of a row. */
  @FunctionalInterface
  interface RowWriting<R> {
    /** Writes them. */
    void fields(R row, JsonGenerator out) throws IOException;
  }

  private static <R extends Row> void rows(
      String field, Rows<R> rows, RowWriting<R> writing, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart(field);
    for (R row : rows) {
      out.writeStartObject();
      out.writeStringField("id", row.id());
      writing.fields(row, out);
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void begun(@Nullable Begun begun, JsonGenerator out) throws IOException {
    if (begun != null) {
      out.writeObjectFieldStart("begun");
      out.writeObjectFieldStart("as");
      RunFactJson.started(begun.as(), out, true);
      out.writeEndObject();
      out.writeStringField("at", Json.instant(begun.at()));
      out.writeStringField("request_id", begun.request().value());
      out.writeStringField("conversation_id", begun.conversation().value());
      out.writeNumberField("hops", begun.hops());
      out.writeEndObject();
    }
  }

  private static Begun begun(JsonNode json) {
    return new Begun(
        RunFactJson.started(json.path("as")),
        Json.instant(json, "at"),
        new RequestId(Json.text(json, "request_id")),
        new ConversationId(Json.text(json, "conversation_id")),
        (int) Json.number(json, "hops"));
  }

  private static void ending(@Nullable Ending ending, JsonGenerator out) throws IOException {
    if (ending != null) {
      out.writeObjectFieldStart("ending");
      out.writeStringField("status", Json.name(ending.status()));
      out.writeStringField("at", Json.instant(ending.at()));
      optional(out, "result", ending.result());
      optional(out, "error", ending.error());
      optional(out, "cause", ending.cause());
      optional(out, "step_id", ending.stepId());
      out.writeEndObject();
    }
  }

  private static Ending ending(JsonNode json) {
    String step = Json.textOrNull(json, "step_id");
    return new Ending(
        Json.constant(RunStatus.class, Json.text(json, "status")),
        Json.instant(json, "at"),
        DocumentJson.orNull(json, "result"),
        Json.textOrNull(json, "error"),
        Json.textOrNull(json, "cause"),
        step == null ? null : new StepId(step));
  }
}
