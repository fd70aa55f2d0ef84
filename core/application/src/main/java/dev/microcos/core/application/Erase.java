package dev.microcos.core.application;

import dev.microcos.core.application.port.People;
import dev.microcos.core.application.port.PersonalData;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SequencedMap;

/**
 * Forgets a person. First their data key, so that nothing that was sealed can ever be read again,
 * then the records themselves. What is still on its way for them is dropped where it arrives.
 */
public final class Erase {

  private static final List<Later> LATER =
      List.of(
          new Later("backups of the data key", Duration.ofDays(1)),
          new Later("what is on its way in queues", Duration.ofDays(4)),
          new Later("backups of sealed records, without a key", Duration.ofDays(35)));

  private final People people;
  private final PersonalData data;
  private final InstantSource clock;

  public Erase(People people, PersonalData data, InstantSource clock) {
    this.people = people;
    this.data = data;
    this.clock = clock;
  }

  /** Forgets all that is known of the user, who may begin anew at once. */
  public Receipt erase(UserId user) {
    Person person = people.current(user);
    people.end(person);
    SequencedMap<String, Integer> gone = data.delete(person);
    return new Receipt(person, clock.instant().truncatedTo(ChronoUnit.MILLIS), gone, LATER);
  }

  /**
   * What was erased.
   *
   * @param person in the generation that is over
   * @param gone how many records each place held
   * @param later what ends by itself
   */
  public record Receipt(
      Person person, Instant erasedAt, SequencedMap<String, Integer> gone, List<Later> later) {}

  /**
   * Something that ends by itself.
   *
   * @param within how long after the erasure, at the longest
   */
  public record Later(String what, Duration within) {}
}
