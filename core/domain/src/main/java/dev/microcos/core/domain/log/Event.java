package dev.microcos.core.domain.log;

import java.time.Instant;

/**
 * A fact in the log.
 *
 * @param seq its place in the log of its aggregate, from 1 without a gap
 * @param committedAt when it was committed; never before that of an earlier event
 * @param envelope what was decided
 */
public record Event(long seq, Instant committedAt, Envelope envelope) {

  /** What happened. */
  public Fact fact() {
    return envelope.fact();
  }
}
