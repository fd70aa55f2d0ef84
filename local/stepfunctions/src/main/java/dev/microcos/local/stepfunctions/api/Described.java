package dev.microcos.local.stepfunctions.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.stepfunctions.history.Event;
import dev.microcos.local.stepfunctions.json.Json;
import dev.microcos.local.stepfunctions.run.Status;
import dev.microcos.local.stepfunctions.run.Summary;
import org.jspecify.annotations.Nullable;

/** Parts of an execution's description. */
final class Described {

  private Described() {}

  /** Whether it can be redriven. */
  static void describe(ObjectNode answer, Summary summary) {
    Status status = summary.status();
    boolean fixed = status == Status.RUNNING || status == Status.SUCCEEDED;
    answer.put("redriveStatus", fixed ? "NOT_REDRIVABLE" : "REDRIVABLE");
    if (fixed) {
      answer.put("redriveStatusReason", "Execution is " + status + " and cannot be redriven");
    }
  }

  /** How it ended. */
  static void end(ObjectNode answer, Event last) {
    switch (last) {
      case Event.ExecutionSucceeded succeeded ->
          answer
              .put("output", Json.text(succeeded.output()))
              .putObject("outputDetails")
              .put("included", true);
      case Event.ExecutionFailed failed -> failure(answer, failed.error(), failed.cause());
      case Event.ExecutionAborted aborted -> failure(answer, aborted.error(), aborted.cause());
      default -> {}
    }
  }

  /** An error and its cause, as far as they are there. */
  static ObjectNode failure(ObjectNode answer, @Nullable String error, @Nullable String cause) {
    if (cause != null) {
      answer.put("cause", cause);
    }
    if (error != null) {
      answer.put("error", error);
    }
    return answer;
  }
}
