package dev.microcos.core.application.port;

import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.user.Message;
import java.util.List;

/** Where messages go that leave the state, so that a person can still read them. */
public interface Archive {

  /** Keeps messages that left together, oldest first. To do so again does no harm. */
  void keep(Person person, List<Message> messages);

  /**
   * Archived messages with a seq below {@code seq}, newest first: those of whole chunks, so that
   * there can be more than asked for, until there are {@code limit} or no more.
   */
  List<Message> before(Person person, long seq, int limit);
}
