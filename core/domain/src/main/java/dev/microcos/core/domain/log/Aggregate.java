package dev.microcos.core.domain.log;

import dev.microcos.core.domain.id.Subject;
import dev.microcos.core.domain.user.Policy;

/** The rules of a kind of log: what is decided for an envelope, and what each event changes. */
public interface Aggregate<S extends State> {

  /** The state before the first event. */
  S empty(Subject subject);

  /** What happens because of an envelope that the log does not hold yet. */
  Decision decide(S state, Envelope envelope, Policy policy);

  /**
   * The state after one more event.
   *
   * @throws IllegalArgumentException if the event is not the next one of the log
   */
  S evolve(S state, Event event);
}
