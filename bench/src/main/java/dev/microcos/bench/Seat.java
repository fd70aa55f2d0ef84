package dev.microcos.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The place of one person in a cell. A person who has posted their share gives the seat to the next
 * one, because nobody has ten thousand open tasks, and a server need not be good at it.
 */
final class Seat implements AutoCloseable {
  private final People people;
  private final int share;
  private final List<Person> left = new ArrayList<>();
  private Person person;
  private int posted;

  /** Takes the first person from {@code people}; each posts {@code share} messages at most. */
  Seat(People people, int share) throws Exception {
    this.people = people;
    this.share = share;
    this.person = people.next();
  }

  /** In whose name the next message goes. */
  synchronized Person take() throws Exception {
    if (posted == share) {
      left.add(person);
      person = people.next();
      posted = 0;
    }
    posted++;
    return person;
  }

  /** Closes all sockets that this seat has opened. */
  @Override
  public synchronized void close() throws IOException {
    left.add(person);
    for (Person any : left) {
      any.close();
    }
    left.clear();
  }
}
