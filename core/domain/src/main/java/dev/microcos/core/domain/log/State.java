package dev.microcos.core.domain.log;

import dev.microcos.core.domain.id.Subject;
import java.time.Instant;

/** The fold of a log, as far as every log has the same. */
public interface State {

  /** Whose log it is. */
  Subject subject();

  /** The seq of the newest event in it, 0 if there is none. */
  long seq();

  /** When that was committed; the epoch if there is none. */
  Instant committedAt();

  /** The ids of the newest events. */
  Ring ring();

  /** How many rows it has about, as a measure of its size. */
  int rows();
}
