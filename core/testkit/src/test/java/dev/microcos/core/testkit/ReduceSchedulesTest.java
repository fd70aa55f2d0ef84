package dev.microcos.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microcos.core.application.Reduce;
import dev.microcos.core.application.Reduce.Incoming;
import dev.microcos.core.application.port.Schedules;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.UserId;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.UserFact.ScheduleSet;
import dev.microcos.core.domain.user.KeptSchedule;
import dev.microcos.core.domain.user.Schedule;
import dev.microcos.core.domain.user.UserState;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A person's schedules, set in the timetable by who has the newest state of one who is not erased.
 */
class ReduceSchedulesTest extends ReducedRuns {

  @Test
  void who_remembers_an_old_state_performs_nothing_by_it() {
    Reduce<UserState> one = persons();
    Reduce<UserState> other = persons();
    Envelope hourly = sets("rate(1 hour)");
    assertThat(one.reduce(List.of(new Incoming(hourly, 1))).failure()).isNull();
    assertThat(other.reduce(List.of(new Incoming(sets("rate(2 hours)"), 1))).failure()).isNull();
    assertThat(one.reduce(List.of(new Incoming(hourly, 2))).failure()).isNull();
    assertThat(schedules.list(ANA))
        .extracting(kept -> kept.schedule().expression())
        .containsExactly("rate(2 hours)");
  }

  @Test
  void a_schedule_that_is_set_while_its_person_is_erased_is_taken_away() {
    MemoryPeople known = new MemoryPeople();
    Schedules erasing =
        new Schedules() {
          @Override
          public void set(Person person, KeptSchedule schedule) {
            schedules.set(person, schedule);
            known.end(person);
          }

          @Override
          public void remove(Person person, String name) {
            assertThat(schedules.list(person)).hasSize(1);
            schedules.remove(person, name);
          }
        };
    Envelope once = sets("at(2027-01-01T08:00:00)");
    assertThat(persons(known, erasing).reduce(List.of(new Incoming(once, 1))).failure()).isNull();
    assertThat(schedules.list(ANA)).isEmpty();
  }

  @Test
  void a_good_schedule_is_not_taken_back_when_nobody_can_say_whether_its_person_is_erased() {
    var broken =
        new dev.microcos.core.application.port.People() {
          @Override
          public Person current(UserId user) {
            return new Person(user, 1);
          }

          @Override
          public Person current(UserId user, int seen) {
            return current(user);
          }

          @Override
          public boolean isOver(Person person) {
            throw new IllegalArgumentException("no generation");
          }

          @Override
          public void end(Person person) {}
        };
    Incoming hourly = new Incoming(sets("rate(1 hour)"), 1);
    assertThatThrownBy(() -> persons(broken, schedules).reduce(List.of(hourly)))
        .hasMessage("no generation");
    assertThat(inbox).isEmpty();
    assertThat(schedules.list(ANA)).hasSize(1);
  }

  private Envelope sets(String expression) {
    Schedule schedule =
        new Schedule("regularly", expression, "UTC", "approval", Document.EMPTY, true);
    return people.envelope(ANA, clock.instant(), _ -> new ScheduleSet(schedule));
  }
}
