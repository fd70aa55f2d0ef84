package dev.microcos.core.testkit.simulation;

import dev.microcos.core.application.port.Schedules;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.user.KeptSchedule;
import dev.microcos.core.testkit.simulation.Invocation.Due;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All schedules. They are due when the seed says so, and more than one runner may fire them. */
final class Timetable implements Schedules {

  private final Map<Key, KeptSchedule> schedules = new LinkedHashMap<>();
  private final Map<Key, Instant> last = new LinkedHashMap<>();
  private final Invocations invocations;
  private final InstantSource clock;

  Timetable(Invocations invocations, InstantSource clock) {
    this.invocations = invocations;
    this.clock = clock;
  }

  private record Key(Person person, String name) {}

  @Override
  public void set(Person person, KeptSchedule schedule) {
    schedules.put(new Key(person, schedule.id()), schedule);
  }

  @Override
  public void remove(Person person, String name) {
    schedules.remove(new Key(person, name));
  }

  /** Each schedule is due, once a second at most. */
  void fire() {
    Instant due = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    schedules.forEach((key, schedule) -> {
      if (!due.equals(last.put(key, due))) {
        invocations.addEvent(new Due(key.person(), schedule.schedule(), due));
      }
    });
  }

  /** The person's schedules, in the order of their names. */
  List<KeptSchedule> of(Person person) {
    return schedules.entrySet().stream()
        .filter(each -> each.getKey().person().equals(person))
        .map(Map.Entry::getValue)
        .sorted((one, other) -> one.id().compareTo(other.id()))
        .toList();
  }

  /** Whose schedules there are. */
  List<Person> people() {
    return schedules.keySet().stream().map(Key::person).distinct().toList();
  }
}
