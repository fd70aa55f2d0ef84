package dev.microcos.core.application;

import dev.microcos.core.application.port.EventLog;
import dev.microcos.core.application.port.Executions;
import dev.microcos.core.application.port.People;
import dev.microcos.core.application.port.PersonalData;
import dev.microcos.core.application.port.Schedules;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.id.UserId;
import dev.microcos.core.domain.user.KeptSchedule;
import dev.microcos.core.domain.user.Policy;
import dev.microcos.core.domain.user.RunBrief;
import dev.microcos.core.domain.user.UserState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
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
          new Later("histories of executions", Duration.ofDays(90)),
          new Later("backups of sealed records, without a key", Duration.ofDays(35)));

  /** Of more runs the state knows none that is open. */
  private static final int MOST_RUNS = Policy.MAX_RUNS + 50;

  private final People people;
  private final PersonalData data;
  private final ReadRuns runs;
  private final EventLog<UserState> log;
  private final Executions executions;
  private final Schedules schedules;
  private final InstantSource clock;

  public Erase(
      People people,
      PersonalData data,
      EventLog<UserState> log,
      ReadRuns runs,
      Executions executions,
      Schedules schedules,
      InstantSource clock) {
    this.people = people;
    this.data = data;
    this.log = log;
    this.runs = runs;
    this.executions = executions;
    this.schedules = schedules;
    this.clock = clock;
  }

  /**
   * Forgets all that is known of the user, who may begin anew at once. Asked again after it was cut
   * off, it also deletes what that left behind of generations that are over.
   */
  public Receipt erase(UserId user) {
    Person person = people.current(user);
    stop(person);
    people.end(person);
    SequencedMap<String, Integer> gone = new LinkedHashMap<>();
    for (int generation = 1; generation <= person.generation(); generation++) {
      data.delete(new Person(user, generation))
          .forEach((place, records) -> gone.merge(place, records, Integer::sum));
    }
    return new Receipt(person, clock.instant().truncatedTo(ChronoUnit.MILLIS), gone, LATER);
  }

  /** Nothing goes on for them, or begins. Runs that are open never leave the state. */
  private void stop(Person person) {
    UserState state = log.load(person).state();
    for (KeptSchedule schedule : state.schedules()) {
      schedules.remove(person, schedule.id());
    }
    for (RunBrief run :
        runs.list(person, Optional.empty(), Optional.empty(), Optional.empty(), MOST_RUNS).runs()) {
      if (!run.status().isOver()) {
        executions.stop(
            new PersonRun(person, run.runId()), run.workflow(), "Person.Erased", "erased");
      }
    }
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
