package dev.microcos.local.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.local.stepfunctions.definition.State;
import dev.microcos.local.stepfunctions.expression.EvaluationException;
import dev.microcos.local.stepfunctions.history.Event;
import dev.microcos.local.stepfunctions.json.Json;
import dev.microcos.local.stepfunctions.task.Resource;
import dev.microcos.local.stepfunctions.task.TaskRequest.Pattern;
import org.jspecify.annotations.Nullable;

/** Task states: plans their tasks, and takes in how these ended. */
final class Tasks {

  /** Makes the token of a task. */
  interface Tokens {
    String make(int branch, long task);
  }

  private final Course course;
  private final Recorder recorder;
  private final Evaluation evaluation;
  private final String region;
  private final Tokens tokens;

  Tasks(Course course, Recorder recorder, Evaluation evaluation, String region, Tokens tokens) {
    this.course = course;
    this.recorder = recorder;
    this.evaluation = evaluation;
    this.region = region;
    this.tokens = tokens;
  }

  void schedule(Branch b, State.Task task, Place place) throws EvaluationException {
    Resource resource = Resource.of(task.resource());
    String token = tokens.make(b.id, course.lastId + 1);
    JsonNode arguments =
        evaluation.evaluate(
            "Arguments",
            task.arguments(),
            b.input,
            resource.pattern() == Pattern.TOKEN ? place.withToken(token) : place);
    Long timeout = evaluation.number("TimeoutSeconds", task.timeoutSeconds(), 1, place);
    Long heartbeat = evaluation.number("HeartbeatSeconds", task.heartbeatSeconds(), 1, place);
    recorder.add(
        b,
        b.last,
        new Event.TaskScheduled(
            resource.type(), resource.name(), region, arguments, timeout, heartbeat, token));
  }

  void start(Branch b) {
    if (b.phase == Phase.SCHEDULED) {
      recorder.add(b, b.last, new Event.TaskStarted(b.task().resourceType(), b.task().resource()));
    }
  }

  /** The branch whose task was planned by this event and has not ended, if there is one. */
  @Nullable Branch waiting(int branch, long taskId) {
    Branch b = course.branch(branch);
    return b != null
            && b.taskId == taskId
            && b.task != null
            && (b.phase == Phase.STARTED || b.phase == Phase.SUBMITTED)
            && b.isWanted()
            && course.status == Status.RUNNING
        ? b
        : null;
  }

  /** The service has answered. */
  void answered(Branch b, JsonNode answer) {
    Event.TaskScheduled task = b.task();
    if (Resource.of(task.resourceType(), task.resource()).pattern() == Pattern.RESPONSE) {
      succeeded(b, answer);
    } else if (b.phase == Phase.STARTED) {
      recorder.add(
          b, b.last, new Event.TaskSubmitted(task.resourceType(), task.resource(), answer));
    }
  }

  void succeeded(Branch b, JsonNode output) {
    Event.TaskScheduled task = b.task();
    if (Json.tooLarge(output)) {
      boolean function = task.resourceType().equals(Event.TaskScheduled.FUNCTION);
      failed(
          b,
          Failure.DATA_LIMIT,
          "The state/task '"
              + (function ? task.resource() : task.resourceType())
              + "' returned a result with a size exceeding the maximum number of bytes service"
              + " limit.");
    } else {
      recorder.add(
          b, b.last, new Event.TaskSucceeded(task.resourceType(), task.resource(), output));
    }
  }

  void failed(Branch b, @Nullable String error, @Nullable String cause) {
    Event.TaskScheduled task = b.task();
    recorder.add(
        b, b.last, new Event.TaskFailed(task.resourceType(), task.resource(), error, cause));
  }

  void timedOut(Branch b, boolean heartbeat) {
    Event.TaskScheduled task = b.task();
    recorder.add(
        b, b.last, new Event.TaskTimedOut(task.resourceType(), task.resource(), heartbeat));
  }
}
