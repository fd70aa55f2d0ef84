package dev.microcos.local.stepfunctions.run;

import dev.microcos.local.stepfunctions.definition.State;
import dev.microcos.local.stepfunctions.history.Event;
import java.util.ArrayList;
import java.util.List;

/** What an execution waits for by the clock; found in its course, so a restart changes nothing. */
final class Deadlines {

  /** Later than anything. */
  static final long NEVER = Long.MAX_VALUE;

  private Deadlines() {}

  /** When the clock next means something to this execution, in milliseconds since 1970. */
  static long next(Course course) {
    if (course.status != Status.RUNNING) {
      return NEVER;
    }
    long next = execution(course);
    for (Branch b : course.branches()) {
      if (b.isWanted()) {
        next = Math.min(next, Math.min(due(b), Math.min(timeout(b), heartbeat(b))));
      }
    }
    return next;
  }

  /** Lets happen what is due. */
  static void pass(Course course, Recorder recorder, Tasks tasks) {
    long now = recorder.now();
    if (course.status == Status.RUNNING && execution(course) <= now) {
      recorder.end(0, new Event.ExecutionTimedOut());
    }
    for (Branch b : all(course)) {
      if (course.status == Status.RUNNING && b.isWanted()) {
        if (timeout(b) <= now) {
          tasks.timedOut(b, false);
        } else if (heartbeat(b) <= now) {
          tasks.timedOut(b, true);
        } else if (due(b) <= now) {
          course.touched.put(b.id, b);
        }
      }
    }
  }

  private static List<Branch> all(Course course) {
    List<Branch> all = new ArrayList<>();
    course.branches().forEach(all::add);
    return all;
  }

  private static long execution(Course course) {
    Long seconds = course.definition().timeoutSeconds();
    return seconds == null ? NEVER : course.fromMillis + seconds * 1000;
  }

  private static long due(Branch b) {
    if (b.phase == Phase.RETRYING && b.reaction instanceof Reaction.Retry(int _, long at)) {
      return at;
    }
    Long until = b.untilMillis;
    return b.phase == Phase.ENTERED && b.state instanceof State.Wait && until != null
        ? until
        : NEVER;
  }

  private static long timeout(Branch b) {
    Event.TaskScheduled task = underWay(b) ? b.task : null;
    Long seconds = task == null ? null : task.timeoutSeconds();
    return seconds == null ? NEVER : b.startedMillis + seconds * 1000;
  }

  private static long heartbeat(Branch b) {
    Event.TaskScheduled task = underWay(b) ? b.task : null;
    Long seconds = task == null ? null : task.heartbeatSeconds();
    return seconds == null ? NEVER : b.beatMillis + seconds * 1000;
  }

  private static boolean underWay(Branch b) {
    return b.phase == Phase.STARTED || b.phase == Phase.SUBMITTED;
  }
}
