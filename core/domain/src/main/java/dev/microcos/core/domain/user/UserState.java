package dev.microcos.core.domain.user;

import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.log.IdKey;
import dev.microcos.core.domain.log.Ring;
import dev.microcos.core.domain.log.Rows;
import dev.microcos.core.domain.log.State;
import java.time.Instant;
import java.util.function.Consumer;

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
    Rows<KeptSchedule> schedules,
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
    return with(draft -> draft.messages = next);
  }

  UserState withTasks(Rows<Task> next) {
    return with(draft -> draft.tasks = next);
  }

  UserState withCalendar(Rows<CalendarEvent> next) {
    return with(draft -> draft.calendar = next);
  }

  UserState withPreferences(Preferences next) {
    return with(draft -> draft.preferences = next);
  }

  UserState withOperations(Rows<Operation> next) {
    return with(draft -> draft.operations = next);
  }

  UserState withUsage(Rows<Usage> next) {
    return with(draft -> draft.usage = next);
  }

  UserState withRuns(
      Rows<RunBrief> known,
      Rows<AskedQuestion> asked,
      Rows<RegisteredWait> registered,
      Rows<KeptSignal> kept) {
    return with(draft -> {
      draft.runs = known;
      draft.questions = asked;
      draft.waits = registered;
      draft.signals = kept;
    });
  }

  UserState withSchedules(Rows<KeptSchedule> next) {
    return with(draft -> draft.schedules = next);
  }

  UserState withMemory(Rows<Memory> next) {
    return with(draft -> draft.memory = next);
  }

  UserState withNotifications(Rows<Notification> next) {
    return with(draft -> draft.notifications = next);
  }

  /** The same, known up to a newer event. */
  UserState at(long newest, Instant committed, Ring ids, Minute counted) {
    return with(draft -> {
      draft.seq = newest;
      draft.committedAt = committed;
      draft.ring = ids;
      draft.minute = counted;
    });
  }

  private UserState with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.state();
  }

  /** The state that comes next: as before where nothing is set. */
  private static final class Draft {
    private final Person person;
    private long seq;
    private Instant committedAt;
    private Ring ring;
    private Rows<Message> messages;
    private Rows<Task> tasks;
    private Rows<CalendarEvent> calendar;
    private Preferences preferences;
    private Rows<Operation> operations;
    private Rows<Usage> usage;
    private Minute minute;
    private Rows<RunBrief> runs;
    private Rows<AskedQuestion> questions;
    private Rows<RegisteredWait> waits;
    private Rows<KeptSignal> signals;
    private Rows<KeptSchedule> schedules;
    private Rows<Memory> memory;
    private Rows<Notification> notifications;

    Draft(UserState from) {
      person = from.person;
      seq = from.seq;
      committedAt = from.committedAt;
      ring = from.ring;
      messages = from.messages;
      tasks = from.tasks;
      calendar = from.calendar;
      preferences = from.preferences;
      operations = from.operations;
      usage = from.usage;
      minute = from.minute;
      runs = from.runs;
      questions = from.questions;
      waits = from.waits;
      signals = from.signals;
      schedules = from.schedules;
      memory = from.memory;
      notifications = from.notifications;
    }

    UserState state() {
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
          notifications);
    }
  }
}
