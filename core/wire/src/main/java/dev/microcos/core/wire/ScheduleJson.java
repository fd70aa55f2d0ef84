package dev.microcos.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.user.Schedule;
import java.nio.charset.StandardCharsets;

/** What the function of the steps is told when a schedule is due. */
public final class ScheduleJson {

  /**
   * What EventBridge Scheduler puts in for the time that the call was due (user guide, "Adding
   * context attributes").
   */
  private static final String DUE = "<aws.scheduler.scheduled-time>";

  private ScheduleJson() {}

  /** The input of a schedule's target. */
  public static String due(Person person, Schedule schedule) {
    byte[] json =
        Json.bytes(out -> {
          out.writeStartObject();
          out.writeStringField("due", DUE);
          out.writeObjectFieldStart("schedule");
          out.writeStringField("name", schedule.name());
          out.writeStringField("workflow", schedule.workflow());
          out.writeStringField("user_id", person.user().value());
          out.writeNumberField("generation", person.generation());
          DocumentJson.field(out, "input", schedule.input());
          out.writeEndObject();
          out.writeEndObject();
        });
    return new String(json, StandardCharsets.UTF_8);
  }

  /**
   * The input of the target of a schedule that a workflow brings along.
   *
   * @param name of the schedule
   * @param owner whose runs they are: a user id, or a local name
   */
  public static String due(String name, String workflow, String owner, JsonNode input) {
    ObjectNode json = Json.object().put("due", DUE);
    ObjectNode fields = json.putObject("schedule");
    fields.put("name", name).put("workflow", workflow).put("user_id", owner);
    fields.set("input", input);
    return Json.text(json);
  }
}
