package dev.microcos.local.stepfunctions.run;

import dev.microcos.local.stepfunctions.history.Event;
import dev.microcos.local.stepfunctions.history.HistoryEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives events their numbers, and lets the course take them in; they are not written yet. */
final class Recorder {

  /** "Maximum execution history size: 25,000 events". */
  static final long MOST_EVENTS = 25_000;

  private final Course course;
  private List<HistoryEvent> events = new ArrayList<>();
  private long now;

  Recorder(Course course) {
    this.course = course;
  }

  long now() {
    return now;
  }

  /** Lets time go on; it never goes back within an execution. */
  void at(long millis) {
    now = Math.max(now, millis);
  }

  /** Adds the first event. */
  void start(Event.ExecutionStarted event) {
    put(0, 0, event);
  }

  /** Adds an event of a branch, or the execution's end if there is no room for more. */
  void add(@Nullable Branch branch, long previous, Event event) {
    if (course.status != Status.RUNNING) {
      return;
    }
    if (course.lastId + 1 >= MOST_EVENTS) {
      end(
          course.lastId,
          new Event.ExecutionFailed(
              Failure.RUNTIME,
              "The execution reached the maximum number of history events (25000)."));
      return;
    }
    put(branch == null ? 0 : branch.id, previous, event);
  }

  /** Adds an event that ends the execution. */
  void end(long previous, Event event) {
    if (course.status == Status.RUNNING) {
      put(0, previous, event);
    }
  }

  /** Adds an event that makes an execution go on which has ended. */
  void redrive(Event.ExecutionRedriven event) {
    put(0, course.lastId, event);
  }

  private void put(int branch, long previous, Event event) {
    HistoryEvent history = new HistoryEvent(course.lastId + 1, previous, now, branch, event);
    events.add(history);
    course.apply(history);
  }

  /** The events since the last call, to be written. */
  List<HistoryEvent> take() {
    List<HistoryEvent> taken = events;
    events = new ArrayList<>();
    return taken;
  }
}
