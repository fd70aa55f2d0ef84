package dev.microcos.core.application.port;

import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.Subject;
import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.State;
import java.util.List;
import java.util.Optional;

/** The logs of a kind, of people or of runs: append-only, the one truth. */
public interface EventLog<S extends State> extends EventIds {

  /** The newest state; the empty one if nothing is written. */
  default Loaded<S> load(Subject subject) {
    return load(subject, Long.MAX_VALUE);
  }

  /**
   * The state as it was when {@code seq} was its newest event, or the newest if that is older; from
   * the newest snapshot at or before it.
   */
  Loaded<S> load(Subject subject, long seq);

  /**
   * Appends a commit if its place is free. The append is atomic and durable when this returns.
   *
   * @return whether it was written; if not, another writer was first and nothing has changed
   */
  boolean append(Commit commit);

  /**
   * Commits with events after {@code seq}, oldest first.
   *
   * @param limit how many commits at most
   */
  List<Commit> after(Subject subject, long seq, int limit);

  /**
   * The commit that holds the event, sought from the newest back: to the time that the id carries,
   * or over the ring's reach if it carries none.
   */
  Optional<Commit> find(Subject subject, EventId event);

  /** Keeps a state so that the next load is short. Losing it costs time only. */
  void keepSnapshot(S state);
}
