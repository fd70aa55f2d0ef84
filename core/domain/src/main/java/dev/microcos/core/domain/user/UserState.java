package dev.microcos.core.domain.user;

import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.log.IdKey;
import dev.microcos.core.domain.log.Ring;
import dev.microcos.core.domain.log.Rows;
import dev.microcos.core.domain.log.State;
import java.time.Instant;

/**
 * All that is known of a person: the fold of their log.
 *
 * @param person whose state it is
 * @param seq the seq of the newest event in it, 0 if there is none
 * @param committedAt when that was committed; the epoch if there is none
 * @param ring the ids of the newest events
 * @param messages what was said, all conversations together
 * @param tasks what is to be done
 * @param calendar what stands in the calendar
 * @param preferences what the person prefers
 * @param operations calls that are not over
 * @param usage what models cost, a day a row
 * @param minute what was done in the present minute
 * @param runs the newest runs
 * @param questions what runs have asked and nobody has answered yet
 * @param waits what runs wait for
 * @param signals those that nothing waited for yet
 * @param schedules when workflows are to start
 * @param memory what is remembered
 * @param notifications what the person was told last
 */
public record UserState(
    Person person,
    long seq,
    Instant committedAt,
    Ring ring,
    Rows<Message> messages,
    Rows<Task> tasks,
    Rows<CalendarEvent> calendar,
    Preferences preferences,
    Rows<Operation> operations,
    Rows<Usage> usage,
    Minute minute,
    Rows<RunBrief> runs,
    Rows<AskedQuestion> questions,
    Rows<RegisteredWait> waits,
    Rows<KeptSignal> signals,
    Rows<Schedule> schedules,
    Rows<Memory> memory,
    Rows<Notification> notifications)
    implements State {

  /** The version of the state's form that this release writes. */
  public static final int VERSION = 1;

  /** The state before the first event. */
  public static UserState empty(Person person) {
    return new UserState(
        person,
        0,
        Instant.EPOCH,
        Ring.empty(IdKey.of(person)),
        Rows.empty(),
        Rows.empty(),
        Rows.empty(),
        Preferences.NONE,
        Rows.empty(),
        Rows.empty(),
        Minute.NONE,
        Rows.empty(),
        Rows.empty(),
        Rows.empty(),
        Rows.empty(),
        Rows.empty(),
        Rows.empty(),
        Rows.empty());
  }

  @Override
  public Person subject() {
    return person;
  }

  @Override
  public int rows() {
    return messages.size() + tasks.size() + runs.size();
  }

  UserState withMessages(Rows<Message> next) {
    return new UserState(
        person,
        seq,
        committedAt,
        ring,
        next,
        tasks,
        calendar,
        preferences,
        operations,
        usage,
        minute,
        runs,
        questions,
        waits,
        signals,
        schedules,
        memory,
        notifications);
  }

  UserState withTasks(Rows<Task> next) {
    return new UserState(
        person,
        seq,
        committedAt,
        ring,
        messages,
        next,
        calendar,
        preferences,
        operations,
        usage,
        minute,
        runs,
        questions,
        waits,
        signals,
        schedules,
        memory,
        notifications);
  }

  UserState withCalendar(Rows<CalendarEvent> next) {
    return new UserState(
        person,
        seq,
        committedAt,
        ring,
        messages,
        tasks,
        next,
        preferences,
        operations,
        usage,
        minute,
        runs,
        questions,
        waits,
        signals,
        schedules,
        memory,
        notifications);
  }

  UserState withPreferences(Preferences next) {
    return new UserState(
        person,
        seq,
        committedAt,
        ring,
        messages,
        tasks,
        calendar,
        next,
        operations,
        usage,
        minute,
        runs,
        questions,
        waits,
        signals,
        schedules,
        memory,
        notifications);
  }

  UserState withOperations(Rows<Operation> next) {
    return new UserState(
        person,
        seq,
        committedAt,
        ring,
        messages,
        tasks,
        calendar,
        preferences,
        next,
        usage,
        minute,
        runs,
        questions,
        waits,
        signals,
        schedules,
        memory,
        notifications);
  }

  UserState withUsage(Rows<Usage> next) {
    return new UserState(
        person,
        seq,
        committedAt,
        ring,
        messages,
        tasks,
        calendar,
        preferences,
        operations,
        next,
        minute,
        runs,
        questions,
        waits,
        signals,
        schedules,
        memory,
        notifications);
  }

  UserState withRuns(
      Rows<RunBrief> known,
      Rows<AskedQuestion> asked,
      Rows<RegisteredWait> registered,
      Rows<KeptSignal> kept) {
    return new UserState(
        person,
        seq,
        committedAt,
        ring,
        messages,
        tasks,
        calendar,
        preferences,
        operations,
        usage,
        minute,
        known,
        asked,
        registered,
        kept,
        schedules,
        memory,
        notifications);
  }

  UserState withSchedules(Rows<Schedule> next) {
    return new UserState(
        person,
        seq,
        committedAt,
        ring,
        messages,
        tasks,
        calendar,
        preferences,
        operations,
        usage,
        minute,
        runs,
        questions,
        waits,
        signals,
        next,
        memory,
        notifications);
  }

  UserState withMemory(Rows<Memory> next) {
    return new UserState(
        person,
        seq,
        committedAt,
        ring,
        messages,
        tasks,
        calendar,
        preferences,
        operations,
        usage,
        minute,
        runs,
        questions,
        waits,
        signals,
        schedules,
        next,
        notifications);
  }

  UserState withNotifications(Rows<Notification> next) {
    return new UserState(
        person,
        seq,
        committedAt,
        ring,
        messages,
        tasks,
        calendar,
        preferences,
        operations,
        usage,
        minute,
        runs,
        questions,
        waits,
        signals,
        schedules,
        memory,
        next);
  }
}
