package dev.microcos.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.microcos.core.application.port.Schedules;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.user.KeptSchedule;
import dev.microcos.core.domain.user.Schedule;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What everything keeps to that starts workflows at their times. */
public abstract class SchedulesContract {

  private static final Schedule MORNING =
      new Schedule(
          "Every morning, “early” 🌍",
          "cron(0 8 ? * * *)",
          "Europe/Berlin",
          "approval",
          new Document("{\"request\":\"Ready for the day?\"}"),
          true);

  /** The schedules. */
  protected abstract Schedules schedules();

  /** Somebody who has no schedules yet. */
  protected abstract Person newPerson();

  /** The schedule of this name as it is there. */
  protected abstract Optional<Schedule> there(Person person, String name);

  private void set(Person person, Schedule schedule) {
    schedules().set(person, new KeptSchedule(schedule, People.NOON));
  }

  private static Schedule morning(String expression, boolean enabled) {
    return new Schedule(
        MORNING.name(),
        expression,
        MORNING.timeZone(),
        MORNING.workflow(),
        MORNING.input(),
        enabled);
  }

  @Test
  void what_is_set_is_there_until_it_is_removed() {
    Person person = newPerson();
    set(person, MORNING);
    assertThat(there(person, MORNING.name())).contains(MORNING);
    schedules().remove(person, MORNING.name());
    assertThat(there(person, MORNING.name())).isEmpty();
    schedules().remove(person, MORNING.name());
    assertThat(there(person, MORNING.name())).isEmpty();
  }

  @Test
  void of_one_name_the_last_is_there() {
    Person person = newPerson();
    set(person, MORNING);
    set(person, MORNING);
    Schedule other = morning("rate(2 hours)", false);
    set(person, other);
    assertThat(there(person, MORNING.name())).contains(other);
  }

  @Test
  void what_can_never_start_is_refused_and_changes_nothing() {
    Person person = newPerson();
    Schedule never = morning("cron(0 8 * * * *)", true);
    assertThatIllegalArgumentException().isThrownBy(() -> set(person, never));
    assertThat(there(person, MORNING.name())).isEmpty();
    set(person, MORNING);
    assertThatIllegalArgumentException().isThrownBy(() -> set(person, never));
    assertThat(there(person, MORNING.name())).contains(MORNING);
  }

  @Test
  void people_do_not_see_each_others_schedules() {
    Person ana = newPerson();
    Person later = new Person(ana.user(), ana.generation() + 1);
    Person ben = newPerson();
    set(ana, MORNING);
    set(ben, morning("rate(5 minutes)", true));
    schedules().remove(later, MORNING.name());
    assertThat(there(ana, MORNING.name())).contains(MORNING);
    assertThat(there(later, MORNING.name())).isEmpty();
    schedules().remove(ben, MORNING.name());
    assertThat(there(ana, MORNING.name())).contains(MORNING);
  }
}
