package dev.microcos.core.aws;

import dev.microcos.core.application.port.Schedules;
import dev.microcos.core.domain.id.Digest;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.user.Schedule;
import dev.microcos.core.wire.Json;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ConflictException;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindow;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;
import software.amazon.awssdk.services.scheduler.model.Target;

/**
 * Schedules of EventBridge Scheduler in one group. What they say names a person and a schedule and
 * nothing more: the input of the runs stays in the person's log.
 */
final class EventBridgeSchedules implements Schedules {

  /** What Scheduler puts the due time in for (User Guide, "Context attributes"). */
  private static final String DUE = "<aws.scheduler.scheduled-time>";

  private final SchedulerClient scheduler;
  private final Host host;

  EventBridgeSchedules(SchedulerClient scheduler, Host host) {
    this.scheduler = scheduler;
    this.host = host;
  }

  @Override
  public void set(Person person, Schedule schedule) {
    String name = name(person, schedule.name());
    Target target = target(person, schedule);
    ScheduleState state = schedule.enabled() ? ScheduleState.ENABLED : ScheduleState.DISABLED;
    FlexibleTimeWindow exact =
        FlexibleTimeWindow.builder().mode(FlexibleTimeWindowMode.OFF).build();
    try {
      scheduler.createSchedule(create ->
          create
              .groupName(group())
              .name(name)
              .scheduleExpression(schedule.expression())
              .scheduleExpressionTimezone(schedule.timeZone())
              .flexibleTimeWindow(exact)
              .state(state)
              .target(target));
    } catch (ConflictException there) {
      scheduler.updateSchedule(update ->
          update
              .groupName(group())
              .name(name)
              .scheduleExpression(schedule.expression())
              .scheduleExpressionTimezone(schedule.timeZone())
              .flexibleTimeWindow(exact)
              .state(state)
              .target(target));
    }
  }

  @Override
  public void remove(Person person, String name) {
    try {
      scheduler.deleteSchedule(delete -> delete.groupName(group()).name(name(person, name)));
    } catch (ResourceNotFoundException gone) {
      // it is away
    }
  }

  private Target target(Person person, Schedule schedule) {
    String input =
        Json.text(
            Json.object()
                .put("kind", "schedule")
                .put("user_id", person.user().value())
                .put("generation", person.generation())
                .put("name", schedule.name())
                .put("due", DUE));
    return Target.builder()
        .arn(host.require("STEPS_FUNCTION_ARN"))
        .roleArn(host.require("SCHEDULE_ROLE_ARN"))
        .input(input)
        .deadLetterConfig(dead -> dead.arn(host.require("SCHEDULE_DEAD_LETTERS_ARN")))
        .build();
  }

  private String group() {
    return host.require("SCHEDULE_GROUP");
  }

  /** Legal for Scheduler, which takes 64 characters, and the same for the same schedule. */
  private static String name(Person person, String schedule) {
    return "s" + Digest.base32(person.partition(), schedule);
  }
}
