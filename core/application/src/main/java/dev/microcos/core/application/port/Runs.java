package dev.microcos.core.application.port;

import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RunId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which runs a person has: all that were ever begun, whatever their states still hold. */
public interface Runs {

  /**
   * The person's runs that were begun before another one, newest first.
   *
   * @param before only runs that were begun before this one; null for the newest
   * @param limit how many at most
   */
  List<RunId> of(Person person, @Nullable RunId before, int limit);
}
