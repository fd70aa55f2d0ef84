package dev.microcos.core.domain.log;

import dev.microcos.core.domain.id.CalendarEventId;
import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.id.StepId;
import dev.microcos.core.domain.id.TaskId;
import dev.microcos.core.domain.run.OpenQuestion;
import dev.microcos.core.domain.run.OpenWait;
import dev.microcos.core.domain.run.RunStatus;
import dev.microcos.core.domain.user.CalendarEvent;
import dev.microcos.core.domain.user.Preferences;
import dev.microcos.core.domain.user.Schedule;
import dev.microcos.core.domain.user.TaskChanges;
import dev.microcos.core.domain.user.TaskPriority;
import dev.microcos.core.domain.user.TaskSource;
import dev.microcos.core.domain.user.TaskStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that happened to a person, or that somebody asks to have happen; of their own log. */
public sealed interface UserFact extends Fact {

  /** The name of its type, as it stands in envelopes. */
  @Override
  default String type() {
    return switch (this) {
      case UserMessage fact -> "user.message";
      case AssistantMessage fact -> "assistant.message";
      case AssistantFailed fact -> "assistant.failed";
      case OperationCancelled fact -> "operation.cancelled";
      case OperationRetried fact -> "operation.retried";
      case TaskCreated fact -> "task.created";
      case TaskUpdated fact -> "task.updated";
      case TaskDeleted fact -> "task.deleted";
      case CalendarEventAdded fact -> "calendar.event_added";
      case CalendarEventRemoved fact -> "calendar.event_removed";
      case PreferencesUpdated fact -> "preferences.updated";
      case MessagesArchived fact -> "messages.archived";
      case RunUpdated fact -> "run.updated";
      case SignalSent fact -> "signal.sent";
      case ScheduleSet fact -> "schedule.set";
      case ScheduleRemoved fact -> "schedule.removed";
      case MemoryUpdated fact -> "memory.updated";
      case NotificationSent fact -> "notification.sent";
    };
  }

  /** Whether it is something that a person asks for, and that counts against their limits. */
  @Override
  default boolean fromPerson() {
    return switch (this) {
      case UserMessage fact -> true;
      case OperationCancelled fact -> true;
      case OperationRetried fact -> true;
      case TaskCreated fact -> fact.source() == TaskSource.USER;
      case TaskUpdated fact -> true;
      case TaskDeleted fact -> true;
      case CalendarEventAdded fact -> true;
      case CalendarEventRemoved fact -> true;
      case PreferencesUpdated fact -> true;
      case SignalSent fact -> true;
      case ScheduleSet fact -> true;
      case ScheduleRemoved fact -> true;
      case RunUpdated fact -> false;
      case MemoryUpdated fact -> false;
      case NotificationSent fact -> false;
      case AssistantMessage fact -> false;
      case AssistantFailed fact -> false;
      case MessagesArchived fact -> false;
    };
  }

  /**
   * The person said something.
   *
   * @param interrupt whether answers that are being written in the conversation stop first
   * @param operationId the call that answers; decided in the log, absent in a request
   * @param queued whether the answer waits for one that is being written
   */
  record UserMessage(
      String text, boolean interrupt, @Nullable OperationId operationId, boolean queued)
      implements UserFact {}

  /** The model's answer is complete, or as complete as it became before it was stopped. */
  record AssistantMessage(
      OperationId operationId, int attempt, String text, StopReason stopReason, TokenUse tokens)
      implements UserFact {}

  /**
   * The model gave no answer, or no whole one.
   *
   * @param code what kind of failure, for programs
   * @param retryable whether trying again may help
   * @param text what was written by then; null in what was told before this was
   */
  record AssistantFailed(
      OperationId operationId,
      int attempt,
      String code,
      String detail,
      boolean retryable,
      TokenUse tokens,
      @Nullable String text)
      implements UserFact {}

  /** The person stopped a call. */
  record OperationCancelled(OperationId operationId) implements UserFact {}

  /**
   * The person has a call made again that failed or was stopped.
   *
   * @param conversationId the conversation that it belongs to; decided in the log, absent in a
   *     request
   * @param queued whether it waits for an answer that is being written
   */
  record OperationRetried(
      OperationId operationId, @Nullable ConversationId conversationId, boolean queued)
      implements UserFact {}

  /**
   * A task came to be.
   *
   * @param due a date, or an instant, as text
   */
  record TaskCreated(
      TaskId taskId,
      String title,
      @Nullable String due,
      @Nullable String notes,
      TaskPriority priority,
      TaskStatus status,
      TaskSource source)
      implements UserFact {}

  /** A task changed. */
  record TaskUpdated(TaskId taskId, TaskChanges changes) implements UserFact {}

  /** A task is gone. */
  record TaskDeleted(TaskId taskId) implements UserFact {}

  /** An event stands in the calendar. */
  record CalendarEventAdded(CalendarEvent event) implements UserFact {}

  /** An event is gone from the calendar. */
  record CalendarEventRemoved(CalendarEventId calendarEventId) implements UserFact {}

  /** The preferences are now these. */
  record PreferencesUpdated(Preferences preferences) implements UserFact {}

  /** Messages left the state; the log keeps them. */
  record MessagesArchived(List<String> messageIds) implements UserFact {}

  /**
   * A run of the person's as its own log has it. An older one than is known changes nothing.
   *
   * @param runSeq the seq of the run's newest event
   * @param startedAt when it was asked for
   * @param error the name of what it failed with
   * @param questions those that are open
   * @param waits those that are open
   * @param given kept signals that waits of it are given now; decided in the log
   * @param leaving runs that leave the state with it; decided in the log
   */
  record RunUpdated(
      RunId runId,
      long runSeq,
      String workflow,
      String title,
      RunStatus status,
      Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable String error,
      List<OpenQuestion> questions,
      List<OpenWait> waits,
      List<Given> given,
      List<RunId> leaving)
      implements UserFact {

    public RunUpdated {
      questions = List.copyOf(questions);
      waits = List.copyOf(waits);
      given = List.copyOf(given);
      leaving = List.copyOf(leaving);
    }
  }

  /** A kept signal that a wait is given. */
  record Given(EventId signalId, StepId waitId) {}

  /**
   * A signal: it wakes what waits for it and starts the workflows that it triggers.
   *
   * @param signalId the id of its event
   * @param signal its type
   * @param data what it says, an object
   * @param runId the only run that it is for, if it is for one
   * @param routes where it goes; decided in the log
   * @param unrouted why it goes nowhere yet; decided in the log
   * @param leaving kept signals that leave the state with it; decided in the log
   */
  record SignalSent(
      EventId signalId,
      String signal,
      Document data,
      @Nullable RunId runId,
      List<Route> routes,
      @Nullable String unrouted,
      List<EventId> leaving)
      implements UserFact {

    public SignalSent {
      routes = List.copyOf(routes);
      leaving = List.copyOf(leaving);
    }

    /** A signal as it is asked for. */
    public static SignalSent asked(
        EventId id, String signal, Document data, @Nullable RunId runId) {
      return new SignalSent(id, signal, data, runId, List.of(), null, List.of());
    }
  }

  /**
   * Where a signal goes.
   *
   * @param waitId the wait that it ends, or null
   * @param workflow the workflow of which it starts this run, or null
   */
  record Route(RunId runId, @Nullable StepId waitId, @Nullable String workflow) {}

  /** A workflow is to start at these times. */
  record ScheduleSet(Schedule schedule) implements UserFact {}

  /** A schedule is gone. */
  record ScheduleRemoved(String name) implements UserFact {}

  /**
   * Something is remembered, or forgotten.
   *
   * @param value null to clear, and only then
   */
  record MemoryUpdated(String key, MemoryOp op, @Nullable Document value) implements UserFact {

    public MemoryUpdated {
      if ((value == null) != (op == MemoryOp.CLEAR)) {
        throw new IllegalArgumentException("to clear needs no value, all else does");
      }
    }
  }

  /** How memory changes. */
  enum MemoryOp {
    SET,
    APPEND,
    CLEAR
  }

  /**
   * The person is told something.
   *
   * @param runId the run that tells it, if one does
   * @param leaving notifications that leave the state with it; decided in the log
   */
  record NotificationSent(String title, String text, @Nullable RunId runId, List<EventId> leaving)
      implements UserFact {

    public NotificationSent {
      leaving = List.copyOf(leaving);
    }
  }
}
