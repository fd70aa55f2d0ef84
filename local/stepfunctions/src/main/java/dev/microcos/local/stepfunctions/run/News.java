package dev.microcos.local.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.stepfunctions.json.Json;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells the listener of status changes, an execution's one after the other, until it took them. */
final class News {

  private static final Logger LOG = System.getLogger(News.class.getName());
  private static final long FIRST_PAUSE_MILLIS = 1_000;
  private static final long LONGEST_PAUSE_MILLIS = 60_000;

  private final StatusListener listener;
  private final Executor executor;
  private final Timers timers;
  private final InstantSource clock;
  private final Map<String, CompletableFuture<Void>> lasts = new ConcurrentHashMap<>();
  private volatile boolean open = true;

  News(StatusListener listener, Executor executor, Timers timers, InstantSource clock) {
    this.listener = listener;
    this.executor = executor;
    this.timers = timers;
    this.clock = clock;
  }

  /** Tells of a change after those before it; {@code told} is called when the listener took it. */
  void tell(StatusChange change, Consumer<StatusChange> told) {
    if (!heard()) {
      return;
    }
    String arn = change.executionArn();
    CompletableFuture<Void> mine = new CompletableFuture<>();
    CompletableFuture<Void> before = lasts.put(arn, mine);
    var _ = mine.thenRun(() -> lasts.remove(arn, mine));
    Runnable deliver = () -> deliver(change, told, mine, FIRST_PAUSE_MILLIS);
    if (before == null) {
      executor.execute(deliver);
    } else {
      var _ = before.thenRunAsync(deliver, executor);
    }
  }

  private void deliver(
      StatusChange change,
      Consumer<StatusChange> told,
      CompletableFuture<Void> done,
      long pauseMillis) {
    if (!open) {
      return;
    }
    try {
      listener.changed(change);
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "the news of " + change.executionArn() + " was not taken; it is told again",
          e);
      long next = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
      Timers.Timer _ =
          timers.at(
              clock.millis() + pauseMillis,
              () -> executor.execute(() -> deliver(change, told, done, next)));
      return;
    }
    told.accept(change);
    done.complete(null);
  }

  /** Whether anybody listens. */
  boolean heard() {
    return !listener.equals(StatusListener.NONE);
  }

  void close() {
    open = false;
  }

  /** The change to how an execution stands now. */
  static StatusChange change(String arn, Course course) {
    return new StatusChange(arn, course.status, course.changes, detail(arn, course, course.status));
  }

  /** Its first change, that to RUNNING. */
  static StatusChange first(String arn, Course course) {
    return new StatusChange(arn, Status.RUNNING, 1, detail(arn, course, Status.RUNNING));
  }

  private static JsonNode detail(String arn, Course course, Status status) {
    boolean running = status == Status.RUNNING;
    JsonNode output = running ? null : course.output;
    ObjectNode detail =
        Json.object()
            .put("executionArn", arn)
            .put("stateMachineArn", course.started().stateMachineArn())
            .put("name", course.started().name())
            .put("status", status.name())
            .put("startDate", course.startMillis)
            .put("stopDate", running ? null : course.stopMillis)
            .put("input", course.started().input())
            .put("output", output == null ? null : Json.text(output))
            .putNull("stateMachineVersionArn")
            .putNull("stateMachineAliasArn")
            .put("redriveCount", course.redrives)
            .put("redriveDate", course.redrives == 0 ? null : course.redriveMillis)
            .put("redriveStatus", redriveStatus(status))
            .put("redriveStatusReason", redriveStatusReason(status));
    detail.putObject("inputDetails").put("included", true);
    if (output == null) {
      detail.putNull("outputDetails");
    } else {
      detail.putObject("outputDetails").put("included", true);
    }
    return detail
        .put("error", running ? null : course.error)
        .put("cause", running ? null : course.cause);
  }

  /** What AWS says of whether an execution can be redriven. */
  static String redriveStatus(Status status) {
    return redriveStatusReason(status) == null ? "REDRIVABLE" : "NOT_REDRIVABLE";
  }

  /** Why an execution cannot be redriven, or null if it can. */
  static @Nullable String redriveStatusReason(Status status) {
    return switch (status) {
      case RUNNING, SUCCEEDED -> "Execution is " + status + " and cannot be redriven";
      case FAILED, ABORTED, TIMED_OUT -> null;
    };
  }
}
