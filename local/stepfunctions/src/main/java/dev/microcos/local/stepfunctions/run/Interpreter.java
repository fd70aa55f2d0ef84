package dev.microcos.local.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.local.stepfunctions.definition.Catcher;
import dev.microcos.local.stepfunctions.definition.Choice;
import dev.microcos.local.stepfunctions.definition.State;
import dev.microcos.local.stepfunctions.expression.EvaluationException;
import dev.microcos.local.stepfunctions.history.Event;
import dev.microcos.local.stepfunctions.json.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Leads an execution on as far as it can go, looking only at its course. */
final class Interpreter {

  private final Course course;
  private final Recorder recorder;
  private final Evaluation evaluation;
  private final Fans fans;
  private final Tasks tasks;

  Interpreter(Course course, Recorder recorder, Evaluation evaluation, Tasks tasks) {
    this.course = course;
    this.recorder = recorder;
    this.evaluation = evaluation;
    this.tasks = tasks;
    this.fans = new Fans(course, recorder, evaluation);
  }

  /**
   * Goes on with every branch that something happened to, until nothing can be done now: with each
   * as far as it goes, before the next, and with tasks that are only planned last, as AWS does.
   */
  void run() {
    Deque<Branch> planned = new ArrayDeque<>();
    while (course.status == Status.RUNNING) {
      Map.Entry<Integer, Branch> first = course.touched.pollFirstEntry();
      Branch b = first == null ? planned.poll() : first.getValue();
      if (b == null) {
        return;
      }
      if (first != null && b.phase == Phase.SCHEDULED) {
        planned.add(b);
        continue;
      }
      do {
        if (b.isWanted()) {
          goOn(b);
        }
      } while (course.touched.containsKey(b.id)
          && b.phase != Phase.SCHEDULED
          && course.touched.remove(b.id, b));
    }
    course.touched.clear();
  }

  private void goOn(Branch b) {
    try {
      switch (b.phase) {
        case READY -> enter(b);
        case ENTERED -> begin(b);
        case SCHEDULED -> tasks.start(b);
        case FANNED -> fans.goOn(b);
        case RESULT -> leave(b);
        case FAILING -> fans.giveUp(b);
        case RETRYING -> again(b);
        case CATCHING -> caught(b);
        case LOST -> lost(b);
        case ENDED -> ended(b);
        case STARTED, SUBMITTED, ABORTED -> {}
      }
    } catch (EvaluationException e) {
      evaluationFailed(b, e);
    }
  }

  private void enter(Branch b) throws EvaluationException {
    String name = b.next;
    if (name == null) {
      return;
    }
    State state = b.states.state(name);
    Place place = Place.of(b, name, recorder.now(), null);
    Long until = null;
    String error = null;
    String cause = null;
    EvaluationException failed = null;
    try {
      if (state instanceof State.Wait wait) {
        until = until(wait, place, recorder.now());
      } else if (state instanceof State.Fail fail) {
        error = evaluation.text("Error", fail.error(), place);
        cause = evaluation.text("Cause", fail.cause(), place);
      }
    } catch (EvaluationException e) {
      failed = e;
    }
    if (failed != null && state instanceof State.Fail) {
      error = failed.error();
      cause = entered(name, course.lastId + 1) + failed.text();
    }
    recorder.add(
        b, b.last, new Event.StateEntered(state.type(), name, b.input, until, error, cause));
    if (failed != null && !(state instanceof State.Fail)) {
      b.before = b.last;
      throw failed;
    }
  }

  private void begin(Branch b) throws EvaluationException {
    Place place = place(b);
    switch (b.state()) {
      case State.Pass pass -> exit(b, pass.output(), pass.assign(), b.input, place, pass.next());
      case State.Succeed succeed -> exit(b, succeed.output(), null, b.input, place, null);
      case State.Choices choices -> choose(b, choices, place);
      case State.Wait wait -> {
        Long until = b.untilMillis;
        if (recorder.now() >= (until == null ? until(wait, place, b.enteredMillis) : until)) {
          exit(b, wait.output(), wait.assign(), b.input, place, wait.next());
        }
      }
      case State.Fail fail -> {
        String error = evaluation.text("Error", fail.error(), place);
        String cause = evaluation.text("Cause", fail.cause(), place);
        recorder.add(
            b, b.last, new Event.StateEntered("Fail", fail.name(), b.input, null, error, cause));
      }
      case State.Task task -> tasks.schedule(b, task, place);
      case State.Parallel parallel -> fans.start(b, parallel, place);
      case State.Map map -> fans.start(b, map, place);
    }
  }

  private void choose(Branch b, State.Choices choices, Place place) throws EvaluationException {
    for (int i = 0; i < choices.choices().size(); i++) {
      Choice choice = choices.choices().get(i);
      if (evaluation.holds("Choices[" + i + "]/Condition", choice.condition(), place)) {
        exit(b, choice.output(), choice.assign(), b.input, place, choice.next());
        return;
      }
    }
    if (choices.defaultNext() != null) {
      exit(b, choices.output(), choices.assign(), b.input, place, choices.defaultNext());
      return;
    }
    fail(
        b,
        Failure.NO_CHOICE,
        entered(choices.name(), b.enteredId)
            + "Failed to transition out of the state. The state does not point to a next state.");
  }

  private long until(State.Wait wait, Place place, long enteredMillis) throws EvaluationException {
    Long seconds = evaluation.number("Seconds", wait.seconds(), 0, place);
    JsonNode timestamp = wait.timestamp();
    if (seconds == null && timestamp != null) {
      return evaluation.timestamp("Timestamp", timestamp, place);
    }
    return enteredMillis + (seconds == null ? 0 : seconds) * 1000;
  }

  private void leave(Branch b) throws EvaluationException {
    JsonNode result = b.result == null ? Json.object() : b.result;
    Place place = place(b).withResult(result);
    switch (b.state()) {
      case State.Task task -> exit(b, task.output(), task.assign(), result, place, task.next());
      case State.Parallel parallel ->
          exit(b, parallel.output(), parallel.assign(), result, place, parallel.next());
      case State.Map map -> exit(b, map.output(), map.assign(), result, place, map.next());
      case State other -> throw new IllegalStateException("no result is for " + other.name());
    }
  }

  private void again(Branch b) throws EvaluationException {
    if (b.reaction instanceof Reaction.Retry(int _, long at) && recorder.now() >= at) {
      Place place = Place.of(b, b.state().name(), b.enteredMillis, b.retryCount + 1);
      switch (b.state()) {
        case State.Task task -> tasks.schedule(b, task, place);
        case State.Parallel parallel -> fans.start(b, parallel, place);
        case State.Map map -> fans.start(b, map, place);
        case State other -> throw new IllegalStateException(other.name() + " has no retriers");
      }
    }
  }

  private void caught(Branch b) throws EvaluationException {
    if (b.reaction instanceof Reaction.Catch(Catcher catcher)) {
      JsonNode error = b.failure().output();
      exit(
          b,
          catcher.output(),
          catcher.assign(),
          error,
          place(b).withErrorOutput(error),
          catcher.next());
    }
  }

  private void exit(
      Branch b,
      @Nullable JsonNode outputTemplate,
      @Nullable JsonNode assign,
      JsonNode otherwise,
      Place place,
      @Nullable String next)
      throws EvaluationException {
    State state = b.state();
    JsonNode output = evaluation.evaluate("Output", outputTemplate, otherwise, place);
    Map<String, JsonNode> assigned = evaluation.assigned(assign, place);
    if (Json.tooLarge(output)) {
      fail(
          b,
          Failure.DATA_LIMIT,
          "The state/task '"
              + state.name()
              + "' returned a result with a size exceeding the maximum number of bytes service"
              + " limit.");
      return;
    }
    recorder.add(
        b, b.last, new Event.StateExited(state.type(), state.name(), output, assigned, next));
  }

  private void lost(Branch b) {
    Failure failure = b.failure();
    if (b.parent == null) {
      recorder.end(b.last, new Event.ExecutionFailed(failure.error(), failure.cause()));
    } else if (b.parent.state instanceof State.Map map) {
      recorder.add(b.parent, b.last, new Event.MapIterationFailed(map.name(), b.index));
    }
  }

  private void ended(Branch b) {
    JsonNode output = b.output;
    if (b.parent == null && output != null) {
      recorder.end(b.last, new Event.ExecutionSucceeded(output));
    } else if (b.parent != null && b.parent.state instanceof State.Map map && output != null) {
      recorder.add(b.parent, b.last, new Event.MapIterationSucceeded(map.name(), b.index));
    }
  }

  /** Fails a state for a reason that AWS has no event for, if it would end the execution. */
  private void fail(Branch b, String error, String cause) {
    State state = b.state();
    boolean reacts =
        state instanceof State.Task
            || state instanceof State.Parallel
            || state instanceof State.Map;
    if (b.parent == null && !reacts) {
      course.lose(b, new Failure(error, cause, false, b.last, recorder.now()));
    } else {
      recorder.add(b, b.before, new Event.EvaluationFailed(state.name(), error, cause, null));
    }
  }

  private void evaluationFailed(Branch b, EvaluationException e) {
    String state = b.state().name();
    recorder.add(
        b,
        b.before,
        new Event.EvaluationFailed(
            state,
            e.error(),
            entered(state, b.enteredId) + e.text(),
            e.location().isEmpty() ? null : e.location()));
  }

  private static String entered(String state, long event) {
    return "An error occurred while executing the state '"
        + state
        + "' (entered at the event id #"
        + event
        + "). ";
  }

  private static Place place(Branch b) {
    State state = b.state();
    return Place.of(
        b,
        state.name(),
        b.enteredMillis,
        state instanceof State.Task || state instanceof State.Parallel || state instanceof State.Map
            ? b.retryCount
            : null);
  }
}
