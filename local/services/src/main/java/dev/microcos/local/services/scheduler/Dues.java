package dev.microcos.local.services.scheduler;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * When schedules are due, by the minute (User Guide, "Schedule types"). A start date is the first
 * time of a rate; before it nothing recurs. Without one, a rate counts from when it was set.
 */
record Dues(Times times) {

  /** How late a start date may come: so AWS answers CreateSchedule and UpdateSchedule. */
  private static final Duration LATE = Duration.ofMinutes(5);

  /**
   * When a schedule is due first, if ever.
   *
   * @param schedule as it is set now
   * @throws IllegalArgumentException saying what is wrong with it
   */
  Optional<Instant> first(ObjectNode schedule, Instant now) {
    Optional<Instant> next = after(schedule, now);
    Optional<Instant> start = start(schedule);
    if (start.isPresent() && start.get().isBefore(now.minus(LATE))) {
      throw new IllegalArgumentException(
          "The StartDate you specify cannot be earlier than 5 minutes ago.");
    }
    return start.isPresent() && expression(schedule).startsWith("rate(") ? start : next;
  }

  /** When it is due after {@code instant}, if ever. */
  Optional<Instant> after(ObjectNode schedule, Instant instant) {
    Optional<Instant> start = start(schedule);
    return times.after(
        expression(schedule),
        schedule.path("ScheduleExpressionTimezone").asText("UTC"),
        start.orElseGet(() -> minute(Shown.since(schedule))),
        start.map(first -> first.minusMillis(1)).filter(instant::isBefore).orElse(instant));
  }

  /** What is due once has none. */
  private static Optional<Instant> start(ObjectNode schedule) {
    return expression(schedule).startsWith("at(")
        ? Optional.empty()
        : Shown.startDate(schedule).map(Dues::minute);
  }

  private static String expression(ObjectNode schedule) {
    return schedule.path("ScheduleExpression").asText();
  }

  private static Instant minute(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MINUTES);
  }
}
