package dev.microcos.core.application;

import dev.microcos.core.application.port.Loaded;
import dev.microcos.core.domain.id.Person;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The states that were used last. One of them may be stale: the conditional write says so, and then
 * it is forgotten.
 */
final class WarmStates {

  private static final int KEPT = 256;

  private final Map<Person, Loaded> states =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Person, Loaded> eldest) {
          return size() > KEPT;
        }
      };

  synchronized @Nullable Loaded get(Person person) {
    return states.get(person);
  }

  synchronized void put(Loaded loaded) {
    states.put(loaded.state().person(), loaded);
  }

  synchronized void forget(Person person) {
    states.remove(person);
  }
}
