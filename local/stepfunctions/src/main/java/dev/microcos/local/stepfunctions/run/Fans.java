package dev.microcos.local.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.stepfunctions.definition.ItemBatcher;
import dev.microcos.local.stepfunctions.definition.State;
import dev.microcos.local.stepfunctions.expression.EvaluationException;
import dev.microcos.local.stepfunctions.history.Event;
import dev.microcos.local.stepfunctions.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parallel and Map states: begins their branches and items, and ends them together. */
final class Fans {

  private final Course course;
  private final Recorder recorder;
  private final Evaluation evaluation;

  Fans(Course course, Recorder recorder, Evaluation evaluation) {
    this.course = course;
    this.recorder = recorder;
    this.evaluation = evaluation;
  }

  void start(Branch b, State.Parallel parallel, Place place) throws EvaluationException {
    JsonNode input = evaluation.evaluate("Arguments", parallel.arguments(), b.input, place);
    recorder.add(b, b.last, new Event.ParallelStateStarted(input, course.nextBranch()));
  }

  void start(Branch b, State.Map map, Place place) throws EvaluationException {
    List<JsonNode> items = evaluation.items(map.items(), place);
    ItemBatcher batcher = map.batcher();
    if (batcher != null) {
      items = batches(items, map, batcher, place);
    }
    Long concurrency = evaluation.number("MaxConcurrency", map.maxConcurrency(), 0, place);
    Long count = evaluation.number("ToleratedFailureCount", map.toleratedFailureCount(), 0, place);
    Double percentage =
        evaluation.percentage(
            "ToleratedFailurePercentage", map.toleratedFailurePercentage(), place);
    recorder.add(
        b,
        b.last,
        new Event.MapStateStarted(
            items, whole(concurrency), count == null ? null : whole(count), percentage));
  }

  private static int whole(@Nullable Long number) {
    return number == null ? 0 : (int) Math.min(number, Integer.MAX_VALUE);
  }

  private List<JsonNode> batches(
      List<JsonNode> items, State.Map map, ItemBatcher batcher, Place place)
      throws EvaluationException {
    Long mostItems =
        evaluation.number("ItemBatcher/MaxItemsPerBatch", batcher.maxItemsPerBatch(), 1, place);
    Long mostBytes =
        evaluation.number(
            "ItemBatcher/MaxInputBytesPerBatch", batcher.maxInputBytesPerBatch(), 1, place);
    ObjectNode head = Json.object();
    if (batcher.batchInput() != null) {
      head.set(
          "BatchInput",
          evaluation.evaluate(
              "ItemBatcher/BatchInput", batcher.batchInput(), batcher.batchInput(), place));
    }
    long headBytes = bytes(head) + 12;
    List<JsonNode> batches = new ArrayList<>();
    ArrayNode current = Json.array();
    long currentBytes = headBytes;
    for (int i = 0; i < items.size(); i++) {
      JsonNode item = select(map, items.get(i), i, place);
      long itemBytes = bytes(item) + 1;
      boolean full =
          (mostItems != null && current.size() >= mostItems)
              || (mostBytes != null && currentBytes + itemBytes > mostBytes);
      if (full && !current.isEmpty()) {
        batches.add(head.deepCopy().set("Items", current));
        current = Json.array();
        currentBytes = headBytes;
      }
      current.add(item);
      currentBytes += itemBytes;
    }
    if (!current.isEmpty()) {
      batches.add(head.deepCopy().set("Items", current));
    }
    return batches;
  }

  private static long bytes(JsonNode value) {
    return Json.text(value).getBytes(StandardCharsets.UTF_8).length;
  }

  private JsonNode select(State.Map map, JsonNode item, int index, Place place)
      throws EvaluationException {
    return evaluation.evaluate(
        "ItemSelector", map.itemSelector(), item, place.withItem(index, item));
  }

  /** Begins what may begin, and ends the state when all is done. */
  void goOn(Branch b) throws EvaluationException {
    Fan fan = b.fan();
    int parallelBranches = 0;
    if (b.state() instanceof State.Map map) {
      Event.MapStateStarted started = fan.map;
      while (started != null && b.phase == Phase.FANNED && fan.canBegin() && running()) {
        int index = fan.children.size();
        JsonNode item = started.items().get(index);
        Place place = Place.of(b, map.name(), b.enteredMillis, b.retryCount);
        JsonNode input = map.batcher() == null ? select(map, item, index, place) : item;
        recorder.add(
            b,
            fan.follows,
            new Event.MapIterationStarted(map.name(), index, input, course.nextBranch()));
      }
    } else if (b.state() instanceof State.Parallel parallel) {
      parallelBranches = parallel.branches().size();
    }
    if (fan.allDone(parallelBranches)) {
      recorder.add(b, fan.lastFinished, new Event.FanSucceeded(b.state().type()));
    }
  }

  private boolean running() {
    return course.status == Status.RUNNING;
  }

  /** Gives up what still runs in a state that failed, then lets the state react. */
  void giveUp(Branch b) {
    long event = b.failure().event();
    Fan fan = b.fan;
    if (fan != null) {
      for (Branch child : fan.children) {
        if (child.phase != Phase.ENDED && child.phase != Phase.ABORTED) {
          if (b.state() instanceof State.Map map && !child.culprit) {
            recorder.add(b, event, new Event.MapIterationAborted(map.name(), child.index));
          }
          abort(child, event);
        }
      }
    }
    if (b.reaction instanceof Reaction.Retry) {
      course.settle(b);
      course.touched.put(b.id, b);
    } else {
      recorder.add(b, event, new Event.FanFailed(b.state().type()));
    }
  }

  private void abort(Branch child, long event) {
    Fan fan = child.fan;
    if (fan != null) {
      for (Branch below : fan.children) {
        if (below.phase != Phase.ENDED && below.phase != Phase.ABORTED) {
          abort(below, event);
        }
      }
    }
    State state = child.state;
    boolean tells =
        switch (state) {
          case State.Task _ -> true;
          case State.Wait _, State.Parallel _, State.Map _ -> !child.culprit;
          case State.Pass _, State.Choices _, State.Succeed _, State.Fail _ -> false;
          case null -> false;
        };
    if (tells && state != null) {
      recorder.add(child, event, new Event.StateAborted(state.type()));
    }
  }
}
