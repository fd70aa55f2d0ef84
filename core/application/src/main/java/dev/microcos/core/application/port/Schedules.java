package dev.microcos.core.application.port;

import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.user.KeptSchedule;

/** What starts workflows at their times. */
public interface Schedules {

  /**
   * Has the schedule as it is given, in place of one of the same name. A rate is due whenever its
   * period has passed since the time from which it counts, however often it is set.
   *
   * @throws IllegalArgumentException if nothing can ever start at such times
   */
  void set(Person person, KeptSchedule schedule);

  /** Has no schedule of this name; none may be there. */
  void remove(Person person, String name);
}
