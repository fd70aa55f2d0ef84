package dev.microcos.core.wire.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.wire.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A workflow whose folder is in order.
 *
 * @param name of its folder
 * @param title for people
 * @param description for people, if there is one
 * @param inputSchema what the input of a run must fit
 * @param triggers what else starts it
 * @param startSteps the states that a run may be told to start at
 * @param states its states in the order of the file, those of branches after the state around them
 * @param machine the wrapped definition, with {@code ${Steps}} where the function's ARN belongs
 * @param hash hex SHA-256 over all of it: two workflows with the same one behave the same
 */
public record WorkflowDefinition(
    String name,
    String title,
    @Nullable String description,
    JsonNode inputSchema,
    List<Trigger> triggers,
    List<String> startSteps,
    List<StateLine> states,
    ObjectNode machine,
    String hash) {

  /** What stands in a definition for the ARN of the function that does the steps. */
  public static final String STEPS = "${Steps}";

  /**
   * A state in a few words.
   *
   * @param within the state whose branch it is in; empty at the top
   * @param title its task's title, where that is no expression
   */
  public record StateLine(String name, String type, String within, @Nullable String title) {}

  /** The definition for a Step Functions whose steps the function with this ARN does. */
  public String machineFor(String stepsArn) {
    return Json.text(machine).replace(STEPS, stepsArn);
  }

  /** Its schedules by name, which is the workflow's with a number from 1 on. */
  public SequencedMap<String, Trigger.Schedule> schedules() {
    SequencedMap<String, Trigger.Schedule> schedules = new LinkedHashMap<>();
    for (Trigger trigger : triggers) {
      if (trigger instanceof Trigger.Schedule schedule) {
        schedules.put(name + "-" + (schedules.size() + 1), schedule);
      }
    }
    return schedules;
  }

  /** Whether a run can go on from the state of this name: those of branches cannot. */
  public boolean canStartAt(String state) {
    return states.stream().anyMatch(each -> each.name().equals(state) && each.within().isEmpty());
  }
}
