package dev.microcos.core.wire;

import static dev.microcos.core.wire.FactJson.optional;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.flipkart.zjsonpatch.JsonPatch;
import com.flipkart.zjsonpatch.JsonPatchApplicationException;
import dev.microcos.core.domain.id.InputId;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Row;
import dev.microcos.core.domain.log.Rows;
import dev.microcos.core.domain.log.RunFact.RunStarted;
import dev.microcos.core.domain.run.Begun;
import dev.microcos.core.domain.run.Child;
import dev.microcos.core.domain.run.Ending;
import dev.microcos.core.domain.run.Parent;
import dev.microcos.core.domain.run.Question;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.domain.run.RunStatus;
import dev.microcos.core.domain.run.Step;
import dev.microcos.core.domain.run.Wait;
import dev.microcos.core.wire.RunStateJson.RowWriting;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
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
    return DocumentJson.of(before(state, Integer.MAX_VALUE));
  }

  /** The state before a step, from which a rerun goes on. */
  public static Document before(RunState state, Step step) {
    return DocumentJson.of(before(state, step.order()));
  }

  /**
   * The state before the step of this order: the fold of what the steps before it have told. What a
   * step has waited for is put in only until the next one tells what became of it.
   */
  private static JsonNode before(RunState state, int order) {
    JsonNode told = DocumentJson.tree(begun(state).as().begin());
    JsonNode shown = told;
    for (Step step : state.steps().stream().sorted(Comparator.comparingInt(Step::order)).toList()) {
      if (!step.isTop() || step.order() > order) {
        continue;
      }
      Document input = step.input();
      told = input == null ? told : DocumentJson.tree(input);
      Document patch = step.patch();
      if (step.order() < order && patch != null) {
        told = applied(told, patch);
      }
      shown = step.order() < order && patch == null ? served(told, state, step) : told;
    }
    return shown;
  }

  /** With what a step has waited for, once it is there. */
  private static JsonNode served(JsonNode before, RunState state, Step step) {
    String into = step.into();
    Document came = into == null ? null : came(state, step);
    return into != null && came != null && before instanceof ObjectNode object
        ? object.deepCopy().set(into, DocumentJson.tree(came))
        : before;
  }

  private static @Nullable Document came(RunState state, Step step) {
    Wait wait = state.waits().get(step.id());
    if (wait != null) {
      return wait.data();
    }
    Question question = state.questions().get(InputId.askedBy(step.stepId()).value());
    if (question != null) {
      return question.answer() == null ? null : question.answer().value();
    }
    return state.children().stream()
        .filter(child -> child.stepId().equals(step.stepId()))
        .map(Child::result)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** A patch that does not fit is passed by: the next step's report tells what there is. */
  private static JsonNode applied(JsonNode to, Document patch) {
    try {
      return JsonPatch.apply(DocumentJson.tree(patch), to);
    } catch (JsonPatchApplicationException e) {
      return to;
    }
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
    out.writeStartObject();
    out.writeStringField("run_id", state.subject().run().value());
    out.writeStringField("workflow", as.workflow());
    out.writeStringField("title", as.title());
    out.writeStringField("status", Json.name(state.status()));
    out.writeStringField("definition_hash", as.definitionHash());
    out.writeFieldName("trigger");
    RunFactJson.trigger(as.trigger(), out);
    DocumentJson.field(out, "input", as.input());
    DocumentJson.field(out, "state", state(state));
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
    rows("steps", state.steps(), (row, to) -> RunRowJson.step(row, to, false), out);
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
