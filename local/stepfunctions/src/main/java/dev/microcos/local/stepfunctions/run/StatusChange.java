package dev.microcos.local.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.stepfunctions.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * A change of an execution's status.
 *
 * @param number counts the changes of the execution
 * @param detail as in AWS's event "Step Functions Execution Status Change"
 */
public record StatusChange(String executionArn, Status status, int number, JsonNode detail) {

  /** The whole event as EventBridge delivers it; its id is the same each time. */
  public JsonNode event() {
    String[] arn = executionArn.split(":", -1);
    long millis =
        detail.path("stopDate").isNull()
            ? detail.path("startDate").longValue()
            : detail.path("stopDate").longValue();
    byte[] id = (executionArn + "#" + number).getBytes(StandardCharsets.UTF_8);
    ObjectNode event =
        Json.object()
            .put("version", "0")
            .put("id", UUID.nameUUIDFromBytes(id).toString())
            .put("detail-type", "Step Functions Execution Status Change")
            .put("source", "aws.states")
            .put("account", arn[4])
            .put("time", Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString())
            .put("region", arn[3]);
    event.putArray("resources").add(executionArn);
    event.set("detail", detail);
    return event;
  }
}
