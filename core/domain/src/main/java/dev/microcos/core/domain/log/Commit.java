package dev.microcos.core.domain.log;

import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.Subject;
import java.time.Instant;
import java.util.List;

/**
 * What is written at once: the events of a group of envelopes and the effects that follow.
 *
 * @param subject whose log it belongs to
 * @param events at least one, in the order of their seq
 * @param effects what is to be done after the write, in this order
 */
public record Commit(Subject subject, List<Event> events, List<Effect> effects) {

  public Commit {
    if (events.isEmpty()) {
      throw new IllegalArgumentException("a commit has at least one event");
    }
    events = List.copyOf(events);
    effects = List.copyOf(effects);
  }

  /** Whose data it is. */
  public Person person() {
    return subject.person();
  }

  /** The seq of the first event, which is the commit's place in the log. */
  public long firstSeq() {
    return events.getFirst().seq();
  }

  /** The seq of the last event. */
  public long lastSeq() {
    return events.getLast().seq();
  }

  /** When it was committed. */
  public Instant at() {
    return events.getLast().committedAt();
  }
}
