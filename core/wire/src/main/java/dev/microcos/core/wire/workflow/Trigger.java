package dev.microcos.core.wire.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.wire.ScheduleJson;

/** What starts a workflow without anybody asking for it by name. */
public sealed interface Trigger {

  /**
   * A signal, whose data is the run's input.
   *
   * @param type the signal's type
   * @param schema what its data must fit
   */
  record Signal(String type, JsonNode schema) implements Trigger {}

  /**
   * A time.
   *
   * @param expression {@code cron(…)}, {@code rate(…)} or {@code at(…)}, as EventBridge Scheduler
   *     has them
   * @param timeZone IANA name
   * @param input of each run
   * @param owner whose runs they are: a user id, or a local name
   */
  record Schedule(String expression, String timeZone, ObjectNode input, String owner)
      implements Trigger {

    /** What the function of the steps is told when the schedule of this name is due. */
    public String due(String name, String workflow) {
      return ScheduleJson.due(name, workflow, owner, input);
    }
  }

  /**
   * A signed call from outside, which becomes a signal of its owner.
   *
   * @param name the last part of its address
   * @param secret the name of its secret in the secret store
   * @param owner whose signal it is: a user id, or a local name
   * @param signal the type of the signal
   */
  record Webhook(String name, String secret, String owner, String signal) implements Trigger {}
}
