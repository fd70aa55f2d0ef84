package dev.microcos.local.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.stepfunctions.json.Json;
import org.jspecify.annotations.Nullable;

/** How a state failed, by which event and when; {@code heartbeat} tells which timeout it was. */
record Failure(
    @Nullable String error, @Nullable String cause, boolean heartbeat, long event, long millis) {

  static final String TIMEOUT = "States.Timeout";
  static final String DATA_LIMIT = "States.DataLimitExceeded";
  static final String RUNTIME = "States.Runtime";
  static final String QUERY = "States.QueryEvaluationError";
  static final String NO_CHOICE = "States.NoChoiceMatched";
  static final String THRESHOLD = "States.ExceedToleratedFailureThreshold";

  /** The same failure, told by a later event. */
  Failure by(long laterEvent) {
    return new Failure(error, cause, heartbeat, laterEvent, millis);
  }

  /** What {@code $states.errorOutput} is. */
  JsonNode output() {
    ObjectNode output = Json.object().put("Error", error);
    return TIMEOUT.equals(error) && cause == null
        ? output.put("Cause", "")
        : output.put("Cause", cause);
  }
}
