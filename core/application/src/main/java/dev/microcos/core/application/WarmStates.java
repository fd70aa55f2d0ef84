package dev.microcos.core.application;

import dev.microcos.core.application.port.Loaded;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.user.UserState;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The states that were used last. One of them may be stale: the conditional write says so, and then
 * it is forgotten.
 */
final class WarmStates {

  /** How many rows all kept states may have together; a row is about a kilobyte. */
  private static final int MOST_ROWS = 20_000;

  /** What a state without rows weighs, in rows: mostly its ring. */
  private static final int ROWS_OF_A_RING = 40;

  private final LinkedHashMap<Person, Loaded> states = new LinkedHashMap<>(16, 0.75f, true);
  private int rows;

  synchronized @Nullable Loaded get(Person person) {
    return states.get(person);
  }

  synchronized void put(Loaded loaded) {
    forget(loaded.state().person());
    states.put(loaded.state().person(), loaded);
    rows += rows(loaded);
    while (rows > MOST_ROWS && states.size() > 1) {
      forget(states.firstEntry().getKey());
    }
  }

  synchronized void forget(Person person) {
    Loaded forgotten = states.remove(person);
    if (forgotten != null) {
      rows -= rows(forgotten);
    }
  }

  private static int rows(Loaded loaded) {
    UserState state = loaded.state();
    return ROWS_OF_A_RING + state.messages().size() + state.tasks().size();
  }
}
