package dev.microcos.core.testkit;

import dev.microcos.core.application.port.Schedules;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.user.KeptSchedule;
import dev.microcos.core.wire.schedule.ScheduleExpression;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Schedules that are written down and start nothing. */
public final class MemorySchedules implements Schedules {

  private final Map<Person, Map<String, KeptSchedule>> schedules = new ConcurrentHashMap<>();

  @Override
  public void set(Person person, KeptSchedule schedule) {
    var _ = ScheduleExpression.of(schedule);
    of(person).put(schedule.id(), schedule);
  }

  @Override
  public void remove(Person person, String name) {
    of(person).remove(name);
  }

  /** The person's schedules, in no order. */
  public List<KeptSchedule> list(Person person) {
    return List.copyOf(of(person).values());
  }

  private Map<String, KeptSchedule> of(Person person) {
    return schedules.computeIfAbsent(person, _ -> new ConcurrentHashMap<>());
  }
}
