package dev.microcos.core.application.port;

import dev.microcos.core.domain.id.Person;
import java.util.SequencedMap;

/** All places that hold what is known of a person. */
public interface PersonalData {

  /** Deletes all of it; how many records each place held. To delete it again does no harm. */
  SequencedMap<String, Integer> delete(Person person);
}
