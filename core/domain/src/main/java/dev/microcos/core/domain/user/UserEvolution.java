package dev.microcos.core.domain.user;

import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.Fact.Rejected;
import dev.microcos.core.domain.log.Fact.StopReason;
import dev.microcos.core.domain.log.Rows;
import dev.microcos.core.domain.log.RunFact;
import dev.microcos.core.domain.log.UserFact.AssistantFailed;
import dev.microcos.core.domain.log.UserFact.AssistantMessage;
import dev.microcos.core.domain.log.UserFact.CalendarEventAdded;
import dev.microcos.core.domain.log.UserFact.CalendarEventRemoved;
import dev.microcos.core.domain.log.UserFact.MemoryUpdated;
import dev.microcos.core.domain.log.UserFact.MessagesArchived;
import dev.microcos.core.domain.log.UserFact.NotificationSent;
import dev.microcos.core.domain.log.UserFact.OperationCancelled;
import dev.microcos.core.domain.log.UserFact.OperationRetried;
import dev.microcos.core.domain.log.UserFact.PreferencesUpdated;
import dev.microcos.core.domain.log.UserFact.RunUpdated;
import dev.microcos.core.domain.log.UserFact.ScheduleRemoved;
import dev.microcos.core.domain.log.UserFact.ScheduleSet;
import dev.microcos.core.domain.log.UserFact.SignalSent;
import dev.microcos.core.domain.log.UserFact.TaskCreated;
import dev.microcos.core.domain.log.UserFact.TaskDeleted;
import dev.microcos.core.domain.log.UserFact.TaskUpdated;
import dev.microcos.core.domain.log.UserFact.UserMessage;
import dev.microcos.core.domain.user.Message.Role;
import dev.microcos.core.domain.user.Message.Status;
import java.util.Optional;

/**
 * How each fact changes the state. Total, without configuration and clock: this is all that a
 * replay runs, so what it makes of a fact stays for ever.
 */
public final class UserEvolution {

  private UserEvolution() {}

  /**
   * The state after one more event.
   *
   * @throws IllegalArgumentException if the event is not the next one of the log
   */
  public static UserState evolve(UserState state, Event event) {
    if (event.seq() != state.seq() + 1) {
      throw new IllegalArgumentException(
          "event " + event.seq() + " does not follow " + state.seq());
    }
    Envelope envelope = event.envelope();
    return folded(state, event)
        .at(
            event.seq(),
            event.committedAt(),
            state.ring().with(envelope.id(), event.committedAt()),
            counted(state, envelope));
  }

  private static UserState folded(UserState state, Event event) {
    Envelope envelope = event.envelope();
    return switch (event.fact()) {
      case UserMessage said -> said(state, event, said);
      case AssistantMessage answer -> answered(state, envelope, answer);
      case AssistantFailed failed -> failed(state, envelope, failed);
      case OperationCancelled cancelled -> closed(state, cancelled.operationId(), Status.CANCELLED);
      case OperationRetried retried -> retried(state, envelope, retried);
      case TaskCreated created -> state.withTasks(state.tasks().with(task(created, envelope)));
      case TaskUpdated updated -> updated(state, envelope, updated);
      case TaskDeleted deleted -> state.withTasks(state.tasks().without(deleted.taskId().value()));
      case CalendarEventAdded added -> state.withCalendar(state.calendar().with(added.event()));
      case CalendarEventRemoved removed ->
          state.withCalendar(state.calendar().without(removed.calendarEventId().value()));
      case PreferencesUpdated updated -> state.withPreferences(updated.preferences());
      case MessagesArchived archived -> archived(state, archived);
      case Rejected rejected ->
          state.withUsage(Usage.counted(state.usage(), rejected.tokens(), envelope.timestamp()));
      case RunUpdated updated -> RunNews.updated(state, updated);
      case SignalSent sent -> RunNews.sent(state, envelope, sent);
      case ScheduleSet set -> scheduled(state, envelope, set.schedule());
      case ScheduleRemoved removed ->
          state.withSchedules(state.schedules().without(removed.name()));
      case MemoryUpdated updated -> state.withMemory(Memory.updated(state.memory(), updated));
      case NotificationSent sent -> notified(state, envelope, sent);
      case RunFact stray -> state;
    };
  }

  private static UserState said(UserState state, Event event, UserMessage said) {
    Envelope envelope = event.envelope();
    Rows<Message> messages =
        state
            .messages()
            .with(
                new Message(
                    envelope.id().value(),
                    Role.USER,
                    said.text(),
                    Status.COMPLETE,
                    envelope.timestamp(),
                    event.seq(),
                    envelope.conversation(),
                    0,
                    null));
    OperationId operation = said.operationId();
    if (operation == null) {
      return state.withMessages(messages);
    }
    Message answer =
        new Message(
            operation.value(),
            Role.ASSISTANT,
            "",
            Status.STREAMING,
            envelope.timestamp(),
            event.seq(),
            envelope.conversation(),
            1,
            null);
    Operation open =
        new Operation(
            operation,
            Operation.Kind.NARRATE,
            envelope.conversation(),
            envelope.request(),
            envelope.hops(),
            said.queued(),
            false,
            envelope.timestamp());
    return state.withMessages(messages.with(answer)).withOperations(state.operations().with(open));
  }

  private static UserState answered(UserState state, Envelope envelope, AssistantMessage answer) {
    UserState counted =
        state.withUsage(Usage.counted(state.usage(), answer.tokens(), envelope.timestamp()));
    Message message = counted.messages().get(answer.operationId().value());
    boolean stopped =
        answer.stopReason() == StopReason.CANCELLED
            || (message != null && message.status() == Status.CANCELLED);
    Status status = stopped ? Status.CANCELLED : Status.COMPLETE;
    UserState said =
        message == null
            ? counted
            : counted.withMessages(
                counted.messages().with(message.saying(answer.text(), status, answer.attempt())));
    return closed(said, answer.operationId(), status);
  }

  /** What was told before texts were leaves its message as it left it then. */
  private static UserState failed(UserState state, Envelope envelope, AssistantFailed failed) {
    UserState counted =
        state.withUsage(Usage.counted(state.usage(), failed.tokens(), envelope.timestamp()));
    Message message = counted.messages().get(failed.operationId().value());
    if (message == null) {
      return closed(counted, failed.operationId(), Status.FAILED);
    }
    String said = failed.text();
    Message told =
        said == null
            ? message.saying(message.text(), Status.FAILED, failed.attempt())
            : message.failed(
                said, new Message.Failure(failed.code(), failed.detail()), failed.attempt());
    return closed(
        counted.withMessages(counted.messages().with(told)), failed.operationId(), Status.FAILED);
  }

  private static UserState retried(UserState state, Envelope envelope, OperationRetried retried) {
    Message message = state.messages().get(retried.operationId().value());
    ConversationId conversation = retried.conversationId();
    if (message == null || conversation == null) {
      return state;
    }
    Message again = message.saying("", Status.STREAMING, message.attempt() + 1);
    Operation open =
        new Operation(
            retried.operationId(),
            Operation.Kind.NARRATE,
            conversation,
            envelope.request(),
            envelope.hops(),
            retried.queued(),
            true,
            envelope.timestamp());
    return state
        .withMessages(state.messages().with(again))
        .withOperations(state.operations().with(open));
  }

  /** The operation is over, and the one that waited for it begins. */
  private static UserState closed(UserState state, OperationId id, Status status) {
    Optional<Operation> next = Conversation.next(state, id);
    Rows<Operation> operations = state.operations().without(id.value());
    Message message = state.messages().get(id.value());
    Rows<Message> messages =
        message == null || message.status() == status
            ? state.messages()
            : state.messages().with(message.as(status));
    return state
        .withMessages(messages)
        .withOperations(next.map(Operation::running).map(operations::with).orElse(operations));
  }

  private static Task task(TaskCreated created, Envelope envelope) {
    return new Task(
        created.taskId(),
        created.title(),
        created.due(),
        created.notes(),
        created.priority(),
        created.status(),
        created.source(),
        envelope.timestamp(),
        envelope.timestamp());
  }

  private static UserState updated(UserState state, Envelope envelope, TaskUpdated updated) {
    Task task = state.tasks().get(updated.taskId().value());
    return task == null
        ? state
        : state.withTasks(state.tasks().with(task.with(updated.changes(), envelope.timestamp())));
  }

  private static UserState archived(UserState state, MessagesArchived archived) {
    Rows<Message> messages = state.messages();
    for (String id : archived.messageIds()) {
      messages = messages.without(id);
    }
    return state.withMessages(messages);
  }

  private static UserState scheduled(UserState state, Envelope envelope, Schedule schedule) {
    KeptSchedule before = state.schedules().get(schedule.name());
    return state.withSchedules(
        state.schedules().with(KeptSchedule.set(schedule, before, envelope.timestamp())));
  }

  private static UserState notified(UserState state, Envelope envelope, NotificationSent sent) {
    Rows<Notification> notifications = state.notifications();
    for (EventId leaving : sent.leaving()) {
      notifications = notifications.without(leaving.value());
    }
    return state.withNotifications(
        notifications.with(
            new Notification(
                envelope.id().value(),
                sent.title(),
                sent.text(),
                sent.runId(),
                envelope.timestamp())));
  }

  /** Only what a person asks for counts against the limits of a minute. */
  private static Minute counted(UserState state, Envelope envelope) {
    Fact fact = envelope.fact();
    return fact.fromPerson() && envelope.hops() == 0 && envelope.causation() == null
        ? state.minute().counted(envelope.timestamp(), fact instanceof UserMessage)
        : state.minute();
  }
}
