package dev.microcos.functions.steps;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.application.port.Inbox;
import dev.microcos.core.application.port.People;
import dev.microcos.core.application.port.Schedules;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.id.UserId;
import dev.microcos.core.domain.run.Trigger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the run of a schedule that is due. The run's id is made of the person, the schedule and
 * the due time: however often Scheduler fires, and whoever fires, it is one run.
 */
final class Due {
  private static final Logger LOG = LoggerFactory.getLogger(Due.class);

  private final NewRuns runs;
  private final People people;
  private final Schedules schedules;
  private final Function<String, UserId> owners;
  private final Inbox inbox;
  private final InstantSource clock;

  /**
   * A starter.
   *
   * @param owners the user whom a name in a workflow's file stands for
   */
  Due(
      NewRuns runs,
      People people,
      Schedules schedules,
      Function<String, UserId> owners,
      Inbox inbox,
      InstantSource clock) {
    this.runs = runs;
    this.people = people;
    this.schedules = schedules;
    this.owners = owners;
    this.inbox = inbox;
    this.clock = clock;
  }

  /**
   * Starts it; one of a workflow that is gone, not. A person's own schedule names their generation:
   * one of somebody who was erased while it was set is taken away.
   */
  void handle(JsonNode event) {
    JsonNode schedule = event.path("schedule");
    Instant due = Instant.parse(event.path("due").asText());
    UserId user = owners.apply(schedule.path("user_id").asText());
    boolean isTheirOwn = schedule.has("generation");
    Person person =
        isTheirOwn ? new Person(user, schedule.path("generation").asInt()) : people.current(user);
    String name = schedule.path("name").asText();
    if (isTheirOwn && people.isOver(person)) {
      LOG.info("a schedule of somebody who was erased");
      schedules.remove(person, name);
      return;
    }
    String workflow = schedule.path("workflow").asText();
    EventId id = EventId.ofReport(due, user.value(), "schedule", name);
    RunContext run =
        new RunContext(
            person, RunId.startedBy(id), new RequestId("req_" + id.uuid()), workflow, -1);
    try {
      inbox.send(
          run.envelope(
              id,
              runs.started(
                  workflow,
                  schedule.path("input"),
                  new Trigger(Trigger.Kind.SCHEDULE, name),
                  null,
                  null),
              null,
              clock.instant()));
    } catch (Permanent e) {
      LOG.error("a schedule cannot start its workflow", e);
    }
  }
}
