package dev.microcos.local.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.local.stepfunctions.history.Event;
import dev.microcos.local.stepfunctions.history.HistoryEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be done to an execution; used by one thread at a time. */
final class Round {

  private static final Logger LOG = System.getLogger(Round.class.getName());

  private final Course course;
  private final Recorder recorder;
  private final Tasks tasks;
  private final Interpreter interpreter;

  Round(String arn, Parts parts, List<HistoryEvent> events) {
    this.course = new Course(parts.definitions());
    events.forEach(course::apply);
    course.touched.clear();
    this.recorder = new Recorder(course);
    if (!events.isEmpty()) {
      recorder.at(events.getLast().millis());
    }
    Evaluation evaluation = new Evaluation(parts.expressions(), course, arn);
    this.tasks =
        new Tasks(
            course,
            recorder,
            evaluation,
            parts.region(),
            (branch, event) -> new Token(arn, branch, event, parts.secrets().apply(16)).text());
    this.interpreter = new Interpreter(course, recorder, evaluation, tasks);
  }

  Course course() {
    return course;
  }

  void begin(long millis) {
    recorder.at(millis);
  }

  void start(Event.ExecutionStarted started, long millis) {
    recorder.at(millis);
    recorder.start(started);
  }

  /** Looks at every branch, and takes it that tasks under way have just shown life. */
  void resume() {
    for (Branch branch : course.branches()) {
      course.touched.put(branch.id, branch);
      branch.beatMillis = recorder.now();
    }
  }

  /** Goes on with what happened, lets pass what is due, and goes on with that. */
  void goOn() {
    try {
      interpreter.run();
      Deadlines.pass(course, recorder, tasks);
      interpreter.run();
    } catch (RuntimeException | StackOverflowError e) {
      LOG.log(Level.ERROR, "the interpreter failed", e);
      recorder.end(
          course.lastId, new Event.ExecutionFailed(Failure.RUNTIME, "Internal error: " + e));
    }
  }

  List<HistoryEvent> take() {
    return recorder.take();
  }

  @Nullable Branch waiting(int branch, long task) {
    return tasks.waiting(branch, task);
  }

  void answered(int branch, long task, JsonNode answer) {
    Branch b = tasks.waiting(branch, task);
    if (b != null) {
      tasks.answered(b, answer);
    }
  }

  void succeeded(int branch, long task, JsonNode output) {
    Branch b = tasks.waiting(branch, task);
    if (b != null) {
      tasks.succeeded(b, output);
    }
  }

  void failed(int branch, long task, @Nullable String error, @Nullable String cause) {
    Branch b = tasks.waiting(branch, task);
    if (b != null) {
      tasks.failed(b, error, cause);
    }
  }

  /**
   * The branch whose task this token answers.
   *
   * @throws Refusal if that has ended or never was
   */
  Branch answeredBy(Token token) {
    goOn();
    Branch b = tasks.waiting(token.branch(), token.task());
    if (b == null || !b.task().token().equals(token.text())) {
      throw Refusal.taskGone();
    }
    return b;
  }

  void tokenSucceeded(Token token, JsonNode output) {
    tasks.succeeded(answeredBy(token), output);
  }

  void tokenFailed(Token token, @Nullable String error, @Nullable String cause) {
    tasks.failed(answeredBy(token), error, cause);
  }

  void heartbeat(Token token) {
    answeredBy(token).beatMillis = recorder.now();
  }

  /** Stops it; the time when it stopped, now or before. */
  long stop(@Nullable String error, @Nullable String cause) {
    goOn();
    recorder.end(0, new Event.ExecutionAborted(error, cause));
    return course.stopMillis;
  }

  /** Lets it go on; the time of that. */
  long redrive() {
    recorder.redrive(new Event.ExecutionRedriven(course.redrives + 1));
    return recorder.now();
  }
}
