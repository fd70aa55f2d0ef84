package dev.microcos.local.services.scheduler;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.services.transport.JsonApi;
import java.math.BigDecimal;
import java.util.List;

/**
 * Schedules as they are kept, and as the API shows them. Kept, times are milliseconds; shown, they
 * are seconds, as AWS's JSON has them.
 */
final class Shown {
  /** When it is due next; nothing that AWS shows. */
  static final String DUE = "Due";

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
    return schedule.deepCopy().remove(List.of(DUE, CREATED, MODIFIED, "ClientToken"));
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
