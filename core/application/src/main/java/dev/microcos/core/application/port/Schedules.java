package dev.microcos.core.application.port;

import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.user.Schedule;

/** What starts workflows by the clock, outside. */
public interface Schedules {

  /** Sets one, in place of that of its name. To set it again changes nothing. */
  void set(Person person, Schedule schedule);

  /** Takes one away; nothing if it is not there. */
  void remove(Person person, String name);
}
