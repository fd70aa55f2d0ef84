package dev.microcos.core.application.port;

import dev.microcos.core.domain.id.Subject;
import java.time.Instant;

/** Which events a log holds, by the keyed hashes of their ids. */
public interface EventIds {

  /** How many ids are read at once, at most. */
  int MOST = 524_288;

  /**
   * The ids of the events after a seq that were committed since a time; if those are too many, of
   * the newest of them.
   */
  Ids idsOf(Subject subject, long after, Instant since);

  /**
   * Ids of the newest events.
   *
   * @param hashes their hashes under the log's key, in no order
   * @param since the ids of all events that were committed since then are there
   * @param upTo the seq of the newest event
   */
  record Ids(long[] hashes, Instant since, long upTo) {}
}
