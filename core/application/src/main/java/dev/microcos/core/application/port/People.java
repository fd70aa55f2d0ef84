package dev.microcos.core.application.port;

import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.UserId;

/** Who is known here, and in which generation. */
public interface People {

  /** The person as they are now. A user who was never seen is made known. */
  Person current(UserId user);

  /**
   * The person as they are now, for who has seen them in a generation that this may not know yet.
   *
   * @param seen the newest generation that was seen
   */
  Person current(UserId user, int seen);

  /**
   * Whether this generation of a person has ended. It is asked for anew: the others may answer from
   * what they knew a minute ago.
   */
  boolean isOver(Person person);

  /**
   * Ends a generation: its data key is gone for good, and with it all that was sealed by it. The
   * next one begins when the person is next asked for. To end it again changes nothing.
   */
  void end(Person person);
}
