package dev.microcos.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.flipkart.zjsonpatch.JsonPatch;
import com.flipkart.zjsonpatch.JsonPatchApplicationException;
import dev.microcos.core.domain.id.InputId;
import dev.microcos.core.domain.id.StepId;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.run.Child;
import dev.microcos.core.domain.run.Question;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.domain.run.Step;
import dev.microcos.core.domain.run.Wait;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a run's steps have made of its state, one after the other. Most report their change. Of one
 * that waits the change is what it has waited for, put where the step says; that holds until the
 * next step tells what became of it. Where something else changed the state, the next step's report
 * tells, too.
 */
final class RunFold {

  private final RunState run;
  private final Map<StepId, Document> brought = new HashMap<>();
  private JsonNode told;
  private JsonNode shown;

  private RunFold(RunState run, Document begin) {
    this.run = run;
    this.told = DocumentJson.tree(begin);
    this.shown = told;
  }

  /**
   * What all steps of a run have made.
   *
   * @param begin what the run began with
   */
  static RunFold of(RunState run, Document begin) {
    RunFold fold = new RunFold(run, begin);
    fold.steps().forEach(fold::take);
    return fold;
  }

  /** The state before a step. */
  static Document before(RunState run, Document begin, Step until) {
    RunFold fold = new RunFold(run, begin);
    fold.steps().stream().filter(step -> step.order() < until.order()).forEach(fold::take);
    return DocumentJson.of(fold.given(until));
  }

  /** The state after the last step. */
  Document state() {
    return DocumentJson.of(shown);
  }

  /** What leads from the state before a step to the state after it (RFC 6902), if it is known. */
  @Nullable Document patch(Step step) {
    return step.patch() == null ? brought.get(step.stepId()) : step.patch();
  }

  private List<Step> steps() {
    return run.steps().stream().sorted(Comparator.comparingInt(Step::order)).toList();
  }

  private void take(Step step) {
    if (step.patch() == null) {
      bring(step);
    }
    if (step.isTop()) {
      JsonNode given = given(step);
      Document patch = patch(step);
      shown = patch == null ? given : applied(given, patch);
      told = step.patch() == null ? given : shown;
    }
  }

  private JsonNode given(Step step) {
    Document input = step.input();
    return input == null ? told : DocumentJson.tree(input);
  }

  /** A name that a step puts something under needs no escape in a JSON pointer. */
  private void bring(Step step) {
    String into = step.into();
    Document came = into == null ? null : came(step);
    if (came != null && given(step) instanceof ObjectNode before) {
      ArrayNode patch = before.arrayNode();
      patch
          .addObject()
          .put("op", before.has(into) ? "replace" : "add")
          .put("path", "/" + into)
          .set("value", DocumentJson.tree(came));
      brought.put(step.stepId(), DocumentJson.of(patch));
    }
  }

  /** What a step has waited for, once it is there. */
  private @Nullable Document came(Step step) {
    Wait wait = run.waits().get(step.id());
    if (wait != null) {
      return wait.data();
    }
    Question question = run.questions().get(InputId.askedBy(step.stepId()).value());
    if (question != null) {
      return question.answer() == null ? null : question.answer().value();
    }
    return run.children().stream()
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
}
