package dev.microcos.core.domain.user;

import dev.microcos.core.domain.log.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A schedule that a person has.
 *
 * @param since since when its expression and its time zone hold: what a rate counts from
 */
public record KeptSchedule(Schedule schedule, Instant since) implements Row {

  /**
   * One that is set now, in place of one of the same name or of none. Whoever changes only what it
   * starts, or turns it off and on again, does not change its times.
   */
  static KeptSchedule set(Schedule schedule, @Nullable KeptSchedule before, Instant now) {
    Instant since = before != null && before.hasTimesOf(schedule) ? before.since() : now;
    return new KeptSchedule(schedule, since);
  }

  private boolean hasTimesOf(Schedule other) {
    return schedule.expression().equals(other.expression())
        && schedule.timeZone().equals(other.timeZone());
  }

  @Override
  public String id() {
    return schedule.name();
  }
}
