package dev.microcos.core.aws;

import dev.microcos.core.application.port.Schedules;
import dev.microcos.core.domain.id.Digest;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.user.KeptSchedule;
import dev.microcos.core.domain.user.Schedule;
import dev.microcos.core.wire.ScheduleJson;
import dev.microcos.core.wire.schedule.ScheduleExpression;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ConflictException;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindow;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;
import software.amazon.awssdk.services.scheduler.model.Target;
import software.amazon.awssdk.services.scheduler.model.ValidationException;

/**
 * Schedules by Amazon EventBridge Scheduler, all in one group. Their names are hashes: a name that
 * a person gave may say something about them.
 */
final class EventBridgeSchedules implements Schedules {

  private static final FlexibleTimeWindow EXACT =
      FlexibleTimeWindow.builder().mode(FlexibleTimeWindowMode.OFF).build();

  private final SchedulerClient scheduler;
  private final Host host;

  EventBridgeSchedules(SchedulerClient scheduler, Host host) {
    this.scheduler = scheduler;
    this.host = host;
  }

  @Override
  public void set(Person person, KeptSchedule kept) {
    String name = name(person, kept.id());
    Schedule schedule = kept.schedule();
    Instant start = start(kept);
    try {
      try {
        create(name, person, schedule, start);
      } catch (ConflictException known) {
        update(name, person, schedule, start);
      }
    } catch (ValidationException never) {
      throw new IllegalArgumentException("nothing can start at such times", never);
    }
  }

  private void create(String name, Person person, Schedule schedule, @Nullable Instant start) {
    scheduler.createSchedule(create ->
        create
            .groupName(group())
            .name(name)
            .scheduleExpression(schedule.expression())
            .scheduleExpressionTimezone(schedule.timeZone())
            .startDate(start)
            .flexibleTimeWindow(EXACT)
            .state(state(schedule))
            .target(target(person, schedule)));
  }

  private void update(String name, Person person, Schedule schedule, @Nullable Instant start) {
    scheduler.updateSchedule(update ->
        update
            .groupName(group())
            .name(name)
            .scheduleExpression(schedule.expression())
            .scheduleExpressionTimezone(schedule.timeZone())
            .startDate(start)
            .flexibleTimeWindow(EXACT)
            .state(state(schedule))
            .target(target(person, schedule)));
  }

  /**
   * When a rate is due next, which Scheduler takes for its first time (User Guide, "Rate-based
   * schedules"); without a start date it would begin at once. It cannot be the time from which the
   * rate counts: Scheduler refuses one that is over five minutes ago. The others need none.
   */
  private @Nullable Instant start(KeptSchedule kept) {
    return ScheduleExpression.of(kept) instanceof ScheduleExpression.Rate rate
        ? rate.after(host.clock().instant()).orElse(null)
        : null;
  }

  @Override
  public void remove(Person person, String name) {
    try {
      scheduler.deleteSchedule(delete -> delete.groupName(group()).name(name(person, name)));
    } catch (ResourceNotFoundException gone) {
      // as it is to be
    }
  }

  private Target target(Person person, Schedule schedule) {
    Target.Builder target =
        Target.builder()
            .arn(host.require("STEPS_FUNCTION_ARN"))
            .roleArn(host.require("SCHEDULE_ROLE_ARN"))
            .input(ScheduleJson.due(person, schedule));
    String deadLetters = host.get("SCHEDULE_DEAD_LETTERS_ARN", "");
    if (!deadLetters.isEmpty()) {
      target.deadLetterConfig(dead -> dead.arn(deadLetters));
    }
    return target.build();
  }

  private String group() {
    return host.require("SCHEDULE_GROUP");
  }

  private static ScheduleState state(Schedule schedule) {
    return schedule.enabled() ? ScheduleState.ENABLED : ScheduleState.DISABLED;
  }

  private static String name(Person person, String name) {
    return "s" + Digest.base32(person.partition(), name);
  }
}
