package dev.microcos.core.application.port;

import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.user.Schedule;

/** What starts workflows at their times. */
public interface Schedules {

  /**
   * Has the schedule as it is given, in place of one of the same name.
   *
   * @throws IllegalArgumentException if nothing can ever start at such times
   */
  void set(Person person, Schedule schedule);

  /** Has no schedule of this name; none may be there. */
  void remove(Person person, String name);
}
