package dev.microcos.core.domain.log;

import dev.microcos.core.domain.id.CalendarEventId;
import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.TaskId;
import dev.microcos.core.domain.user.CalendarEvent;
import dev.microcos.core.domain.user.Preferences;
import dev.microcos.core.domain.user.TaskChanges;
import dev.microcos.core.domain.user.TaskPriority;
import dev.microcos.core.domain.user.TaskSource;
import dev.microcos.core.domain.user.TaskStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that happened to a person, or that somebody asks to have happen. */
public sealed interface Fact {

  /** The operation that the fact is about, if it is about one. */
  default @Nullable OperationId operationId() {
    return null;
  }

  /** The name of its type, as it stands in envelopes. */
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
      case Rejected fact -> "rejected";
    };
  }

  /** Whether it is something that a person asks for, and that counts against their limits. */
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
      case AssistantMessage fact -> false;
      case AssistantFailed fact -> false;
      case MessagesArchived fact -> false;
      case Rejected fact -> false;
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
      implements Fact {}

  /** The model's answer is complete, or as complete as it became before it was stopped. */
  record AssistantMessage(
      OperationId operationId, int attempt, String text, StopReason stopReason, TokenUse tokens)
      implements Fact {}

  /**
   * The model gave no answer.
   *
   * @param code what kind of failure, for programs
   * @param retryable whether trying again may help
   */
  record AssistantFailed(
      OperationId operationId,
      int attempt,
      String code,
      String detail,
      boolean retryable,
      TokenUse tokens)
      implements Fact {}

  /** The person stopped a call. */
  record OperationCancelled(OperationId operationId) implements Fact {}

  /**
   * The person has a call made again that failed or was stopped.
   *
   * @param conversationId the conversation that it belongs to; decided in the log, absent in a
   *     request
   * @param queued whether it waits for an answer that is being written
   */
  record OperationRetried(
      OperationId operationId, @Nullable ConversationId conversationId, boolean queued)
      implements Fact {}

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
      implements Fact {}

  /** A task changed. */
  record TaskUpdated(TaskId taskId, TaskChanges changes) implements Fact {}

  /** A task is gone. */
  record TaskDeleted(TaskId taskId) implements Fact {}

  /** An event stands in the calendar. */
  record CalendarEventAdded(CalendarEvent event) implements Fact {}

  /** An event is gone from the calendar. */
  record CalendarEventRemoved(CalendarEventId calendarEventId) implements Fact {}

  /** The preferences are now these. */
  record PreferencesUpdated(Preferences preferences) implements Fact {}

  /** Messages left the state; the log keeps them. */
  record MessagesArchived(List<String> messageIds) implements Fact {}

  /**
   * Something was refused.
   *
   * @param refused the type of what was refused
   * @param quota the quota that was reached, if it was one
   * @param tokens what a refused answer cost all the same
   */
  record Rejected(
      RejectionCode code, String detail, String refused, @Nullable Quota quota, TokenUse tokens)
      implements Fact {}

  /**
   * A quota that was reached.
   *
   * @param limit how much is allowed
   * @param current how much was used
   * @param resetAt when there is room again
   */
  record Quota(long limit, long current, Instant resetAt) {}

  /**
   * Tokens that a call of a model used.
   *
   * @param model the id of the model, empty if none was reached
   */
  record TokenUse(String model, int input, int output) {

    /** No model was reached. */
    public static final TokenUse NONE = new TokenUse("", 0, 0);

    /** All tokens together. */
    public int total() {
      return input + output;
    }
  }

  /** Why an answer ended. */
  enum StopReason {
    END_TURN,
    MAX_TOKENS,
    CANCELLED
  }

  /** Why something was refused. */
  enum RejectionCode {
    NOT_FOUND,
    INVALID,
    LIMIT,
    OPERATION_CLOSED,
    CONFLICT,
    INTERNAL
  }
}
