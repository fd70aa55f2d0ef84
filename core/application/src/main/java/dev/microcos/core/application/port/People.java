package dev.microcos.core.application.port;

import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.UserId;

/** Who is known here, and in which generation. */
public interface People {

  /** The person as they are now. A user who was never seen is made known. */
  Person current(UserId user);
}
