package dev.microcos.core.application;

import dev.microcos.core.application.port.Loaded;
import dev.microcos.core.domain.id.Subject;
import dev.microcos.core.domain.log.State;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The states that were used last. One of them may be stale: the conditional write says so, and then
 * it is forgotten.
 */
final class WarmStates<S extends State> {

  /** How many rows all kept states may have together; a row is about a kilobyte. */
  private static final int MOST_ROWS = 20_000;

  /** What a state without rows weighs, in rows: mostly its ring. */
  private static final int ROWS_OF_A_RING = 40;

  private final LinkedHashMap<Subject, Loaded<S>> states = new LinkedHashMap<>(16, 0.75f, true);
  private int rows;

  synchronized @Nullable Loaded<S> get(Subject subject) {
    return states.get(subject);
  }

  synchronized void put(Loaded<S> loaded) {
    forget(loaded.state().subject());
    states.put(loaded.state().subject(), loaded);
    rows += rows(loaded);
    while (rows > MOST_ROWS && states.size() > 1) {
      forget(states.firstEntry().getKey());
    }
  }

  synchronized void forget(Subject subject) {
    Loaded<S> forgotten = states.remove(subject);
    if (forgotten != null) {
      rows -= rows(forgotten);
    }
  }

  private static int rows(Loaded<?> loaded) {
    return ROWS_OF_A_RING + loaded.state().rows();
  }
}
