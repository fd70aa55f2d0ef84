package dev.microcos.core.testkit;

import dev.microcos.core.application.port.Schedules;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.user.Schedule;
import dev.microcos.core.wire.schedule.ScheduleExpression;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Schedules that are written down and start nothing. */
public final class MemorySchedules implements Schedules {

  private final Map<Person, Map<String, Schedule>> schedules = new ConcurrentHashMap<>();

  @Override
  public void set(Person person, Schedule schedule) {
    var _ = ScheduleExpression.parse(schedule.expression(), schedule.timeZone(), People.NOON);
    of(person).put(schedule.name(), schedule);
  }

  @Override
  public void remove(Person person, String name) {
    of(person).remove(name);
  }

  /** The person's schedules, in no order. */
  public List<Schedule> list(Person person) {
    return List.copyOf(of(person).values());
  }

  private Map<String, Schedule> of(Person person) {
    return schedules.computeIfAbsent(person, _ -> new ConcurrentHashMap<>());
  }
}
