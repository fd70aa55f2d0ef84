package dev.microcos.local.services.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.services.transport.JsonApi;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Schedules as they are kept, and as the API shows them. Kept, times are milliseconds; shown, they
 * are seconds, as AWS's JSON has them.
 */
final class Shown {
  /** When it is due next; nothing that AWS shows. */
  static final String DUE = "Due";

  /** Since when its expression and its time zone hold; nor does AWS show this. */
  static final String SINCE = "Since";

  static final String CREATED = "CreationDate";
  static final String MODIFIED = "LastModificationDate";

  private Shown() {}

  /** What GetSchedule gives; of what was left out, what then holds. */
  static ObjectNode whole(String key, ObjectNode schedule) {
    ObjectNode shown =
        JsonApi.MAPPER
            .createObjectNode()
            .put("ActionAfterCompletion", "NONE")
            .put("ScheduleExpressionTimezone", "UTC")
            .put("State", "ENABLED");
    shown.setAll(said(schedule));
    shown.put("Arn", arn(key)).put("GroupName", group(key));
    shown.put(CREATED, seconds(schedule, CREATED)).put(MODIFIED, seconds(schedule, MODIFIED));
    return shown;
  }

  /** What ListSchedules gives of it. */
  static ObjectNode summary(String key, ObjectNode schedule) {
    ObjectNode shown = whole(key, schedule);
    ObjectNode target = JsonApi.MAPPER.createObjectNode();
    target.set("Arn", shown.at("/Target/Arn"));
    shown.retain(List.of("Arn", CREATED, "GroupName", MODIFIED, "Name", "State"));
    return shown.set("Target", target);
  }

  /** What somebody said of it, without what was found out here. */
  static ObjectNode said(ObjectNode schedule) {
    return schedule.deepCopy().remove(List.of(DUE, SINCE, CREATED, MODIFIED, "ClientToken"));
  }

  /** Whether one is due at other times than the other, but for their start dates. */
  static boolean isRetimed(ObjectNode schedule, ObjectNode before) {
    return Stream.of("ScheduleExpression", "ScheduleExpressionTimezone")
        .anyMatch(field -> !schedule.path(field).asText().equals(before.path(field).asText()));
  }

  /** Since when its expression holds; an earlier release wrote down only when it was modified. */
  static Instant since(ObjectNode schedule) {
    return Instant.ofEpochMilli(schedule.path(schedule.has(SINCE) ? SINCE : MODIFIED).asLong());
  }

  /** What the API has in seconds. */
  static Optional<Instant> startDate(ObjectNode schedule) {
    JsonNode seconds = schedule.path("StartDate");
    return seconds.isNumber()
        ? Optional.of(Instant.ofEpochMilli(seconds.decimalValue().movePointRight(3).longValue()))
        : Optional.empty();
  }

  static String key(String group, String name) {
    return group + "/" + name;
  }

  private static String group(String key) {
    return key.substring(0, key.indexOf('/'));
  }

  static String arn(String key) {
    return "arn:aws:scheduler:us-east-1:000000000000:schedule/" + key;
  }

  private static BigDecimal seconds(ObjectNode schedule, String field) {
    return BigDecimal.valueOf(schedule.path(field).asLong(), 3);
  }
}
