package dev.microcos.core.wire;

import static dev.microcos.core.wire.FactJson.optional;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Row;
import dev.microcos.core.domain.log.Rows;
import dev.microcos.core.domain.log.RunFact.RunStarted;
import dev.microcos.core.domain.run.Begun;
import dev.microcos.core.domain.run.Ending;
import dev.microcos.core.domain.run.Parent;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.domain.run.RunStatus;
import dev.microcos.core.domain.run.Step;
import dev.microcos.core.wire.RunStateJson.RowWriting;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a person sees of a run: {@code GET /v1/runs/{run_id}}. Maps by id. */
public final class RunView {

  private RunView() {}

  /**
   * The view of a run.
   *
   * @throws IllegalArgumentException if the run was never asked for
   */
  public static ObjectNode tree(RunState state) {
    ObjectNode tree = (ObjectNode) Json.tree(Json.bytes(out -> write(state, out)));
    tree.put("hash", Canonical.hash(tree));
    return tree;
  }

  /**
   * What the run's next step is given: the input, what each step has made of it, and what people,
   * signals and runs that were waited for have put into it. Where something else changed it, the
   * next step's report tells.
   */
  public static Document state(RunState state) {
    return fold(state).state();
  }

  /** The state before a step, from which a rerun goes on. */
  public static Document before(RunState state, Step step) {
    return RunFold.before(state, begun(state).as().begin(), step);
  }

  private static RunFold fold(RunState state) {
    return RunFold.of(state, begun(state).as().begin());
  }

  private static Begun begun(RunState state) {
    Begun begun = state.begun();
    if (begun == null) {
      throw new IllegalArgumentException("there is no run " + state.subject().run());
    }
    return begun;
  }

  private static void write(RunState state, JsonGenerator out) throws IOException {
    Begun begun = begun(state);
    RunStarted as = begun.as();
    RunFold fold = fold(state);
    out.writeStartObject();
    out.writeStringField("run_id", state.subject().run().value());
    out.writeStringField("workflow", as.workflow());
    out.writeStringField("title", as.title());
    out.writeStringField("status", Json.name(state.status()));
    out.writeStringField("definition_hash", as.definitionHash());
    out.writeFieldName("trigger");
    RunFactJson.trigger(as.trigger(), out);
    DocumentJson.field(out, "input", as.input());
    DocumentJson.field(out, "state", fold.state());
    ending(state.ending(), out);
    out.writeNumberField("seq", state.seq());
    out.writeStringField("request_id", begun.request().value());
    out.writeStringField("created_at", Json.instant(begun.at()));
    instant(out, "started_at", state.startedAt());
    instant(out, "completed_at", state.ending() == null ? null : state.ending().at());
    optional(out, "start_step", as.startStep());
    optional(out, "rerun_of", as.rerunOf());
    Parent parent = as.parent();
    if (parent != null) {
      out.writeObjectFieldStart("parent");
      out.writeStringField("run_id", parent.runId().value());
      out.writeStringField("step_id", parent.stepId().value());
      out.writeEndObject();
    }
    optional(out, "execution_arn", state.executionArn());
    out.writeFieldName("cost");
    RunRowJson.spent(state.spent(), out);
    rows(
        "steps", state.steps(), (row, to) -> RunRowJson.step(row, fold.patch(row), to, false), out);
    rows("questions", state.questions(), (row, to) -> RunRowJson.question(row, to, false), out);
    rows("waits", state.waits(), (row, to) -> RunRowJson.waiting(row, to, false), out);
    rows("children", state.children(), (row, to) -> RunRowJson.child(row, to, false), out);
    out.writeEndObject();
  }

  private static void ending(@Nullable Ending ending, JsonGenerator out) throws IOException {
    if (ending == null) {
      return;
    }
    optional(out, "result", ending.result());
    if (ending.status() == RunStatus.CANCELLED) {
      optional(out, "cancelled_by", ending.cause());
    } else if (ending.error() != null) {
      out.writeObjectFieldStart("error");
      out.writeStringField("code", ending.error());
      optional(out, "cause", ending.cause());
      optional(out, "step_id", ending.stepId());
      out.writeEndObject();
    }
  }

  private static void instant(JsonGenerator out, String field, @Nullable Instant at)
      throws IOException {
    if (at != null) {
      out.writeStringField(field, Json.instant(at));
    }
  }

  private static <R extends Row> void rows(
      String field, Rows<R> rows, RowWriting<R> writing, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart(field);
    for (R row : rows) {
      out.writeObjectFieldStart(row.id());
      writing.fields(row, out);
      out.writeEndObject();
    }
    out.writeEndObject();
  }
}
