package dev.microcos.core.wire;

import static dev.microcos.core.wire.FactJson.optional;
import static dev.microcos.core.wire.FactJson.runOrNull;
import static dev.microcos.core.wire.FactJson.texts;
import static dev.microcos.core.wire.FactJson.tokens;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.domain.id.CalendarEventId;
import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.TaskId;
import dev.microcos.core.domain.log.Fact.StopReason;
import dev.microcos.core.domain.log.UserFact;
import dev.microcos.core.domain.log.UserFact.AssistantFailed;
import dev.microcos.core.domain.log.UserFact.AssistantMessage;
import dev.microcos.core.domain.log.UserFact.CalendarEventAdded;
import dev.microcos.core.domain.log.UserFact.CalendarEventRemoved;
import dev.microcos.core.domain.log.UserFact.MemoryOp;
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
import dev.microcos.core.domain.user.Schedule;
import dev.microcos.core.domain.user.TaskPriority;
import dev.microcos.core.domain.user.TaskSource;
import dev.microcos.core.domain.user.TaskStatus;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Facts of a person as the payload of an envelope; the forms are in {@code events/envelopes}. */
final class UserFactJson {

  private UserFactJson() {}

  static void fields(UserFact fact, JsonGenerator out) throws IOException {
    switch (fact) {
      case UserMessage said -> {
        out.writeStringField("text", said.text());
        optional(out, "interrupt", said.interrupt());
        optional(out, "operation_id", said.operationId());
        optional(out, "queued", said.queued());
      }
      case AssistantMessage answer -> {
        out.writeStringField("operation_id", answer.operationId().value());
        out.writeNumberField("attempt", answer.attempt());
        out.writeStringField("text", answer.text());
        out.writeStringField("stop_reason", Json.name(answer.stopReason()));
        tokens(out, answer.tokens());
      }
      case AssistantFailed failed -> {
        out.writeStringField("operation_id", failed.operationId().value());
        out.writeNumberField("attempt", failed.attempt());
        out.writeStringField("code", failed.code());
        out.writeStringField("detail", failed.detail());
        out.writeBooleanField("retryable", failed.retryable());
        tokens(out, failed.tokens());
        optional(out, "text", failed.text());
      }
      case OperationCancelled cancelled ->
          out.writeStringField("operation_id", cancelled.operationId().value());
      case OperationRetried retried -> {
        out.writeStringField("operation_id", retried.operationId().value());
        optional(out, "conversation_id", retried.conversationId());
        optional(out, "queued", retried.queued());
      }
      case TaskCreated created -> task(out, created);
      case TaskUpdated updated -> {
        out.writeStringField("task_id", updated.taskId().value());
        out.writeFieldName("changes");
        TaskJson.changes(updated.changes(), out);
      }
      case TaskDeleted deleted -> out.writeStringField("task_id", deleted.taskId().value());
      case CalendarEventAdded added -> {
        out.writeStringField("calendar_event_id", added.event().id());
        RowJson.fields(added.event(), out);
      }
      case CalendarEventRemoved removed ->
          out.writeStringField("calendar_event_id", removed.calendarEventId().value());
      case PreferencesUpdated updated -> {
        out.writeFieldName("preferences");
        PreferencesJson.write(updated.preferences(), out);
      }
      case MessagesArchived archived -> {
        out.writeArrayFieldStart("message_ids");
        for (String id : archived.messageIds()) {
          out.writeString(id);
        }
        out.writeEndArray();
      }
      case RunUpdated updated -> RunUpdatedJson.fields(updated, out);
      case SignalSent sent -> SignalJson.fields(sent, out);
      case ScheduleSet set -> {
        out.writeStringField("name", set.schedule().name());
        RowJson.schedule(set.schedule(), out);
      }
      case ScheduleRemoved removed -> out.writeStringField("name", removed.name());
      case MemoryUpdated updated -> {
        out.writeStringField("key", updated.key());
        out.writeStringField("op", Json.name(updated.op()));
        optional(out, "value", updated.value());
      }
      case NotificationSent sent -> {
        out.writeStringField("title", sent.title());
        out.writeStringField("text", sent.text());
        optional(out, "run_id", sent.runId());
        texts(out, "leaving", sent.leaving());
      }
    }
  }

  /**
   * The fact of the given type.
   *
   * @throws UnknownTypeException if this release does not know the type
   * @throws IllegalArgumentException if the payload does not fit the type
   */
  static UserFact read(String type, JsonNode payload) {
    return switch (type) {
      case "user.message" ->
          new UserMessage(
              Json.text(payload, "text"),
              flag(payload, "interrupt"),
              operationOrNull(payload),
              flag(payload, "queued"));
      case "assistant.message" ->
          new AssistantMessage(
              operation(payload),
              (int) Json.number(payload, "attempt"),
              Json.text(payload, "text"),
              Json.constant(StopReason.class, Json.text(payload, "stop_reason")),
              tokens(payload));
      case "assistant.failed" ->
          new AssistantFailed(
              operation(payload),
              (int) Json.number(payload, "attempt"),
              Json.text(payload, "code"),
              Json.text(payload, "detail"),
              flag(payload, "retryable"),
              tokens(payload),
              Json.textOrNull(payload, "text"));
      case "operation.cancelled" -> new OperationCancelled(operation(payload));
      case "operation.retried" ->
          new OperationRetried(
              operation(payload),
              payload.has("conversation_id")
                  ? new ConversationId(Json.text(payload, "conversation_id"))
                  : null,
              flag(payload, "queued"));
      case "task.created" ->
          new TaskCreated(
              taskId(payload),
              Json.text(payload, "title"),
              Json.textOrNull(payload, "due"),
              Json.textOrNull(payload, "notes"),
              Json.constant(TaskPriority.class, Json.text(payload, "priority")),
              Json.constant(TaskStatus.class, Json.text(payload, "status")),
              Json.constant(TaskSource.class, Json.text(payload, "source")));
      case "task.updated" ->
          new TaskUpdated(taskId(payload), TaskJson.changes(payload.path("changes")));
      case "task.deleted" -> new TaskDeleted(taskId(payload));
      case "calendar.event_added" ->
          new CalendarEventAdded(StateJson.calendarEvent(payload, calendarEventId(payload)));
      case "calendar.event_removed" -> new CalendarEventRemoved(calendarEventId(payload));
      case "preferences.updated" ->
          new PreferencesUpdated(PreferencesJson.read(payload.path("preferences")));
      case "messages.archived" -> new MessagesArchived(texts(payload.path("message_ids")));
      case "run.updated" -> RunUpdatedJson.read(payload);
      case "signal.sent" -> SignalJson.read(payload);
      case "schedule.set" -> new ScheduleSet(schedule(payload, Json.text(payload, "name")));
      case "schedule.removed" -> new ScheduleRemoved(Json.text(payload, "name"));
      case "memory.updated" ->
          new MemoryUpdated(
              Json.text(payload, "key"),
              Json.constant(MemoryOp.class, Json.text(payload, "op")),
              DocumentJson.orNull(payload, "value"));
      case "notification.sent" ->
          new NotificationSent(
              Json.text(payload, "title"),
              Json.text(payload, "text"),
              runOrNull(payload),
              texts(payload.path("leaving")).stream().map(EventId::new).toList());
      default -> throw new UnknownTypeException(type);
    };
  }

  static Schedule schedule(JsonNode json, String name) {
    return new Schedule(
        name,
        Json.text(json, "expression"),
        Json.text(json, "time_zone"),
        Json.text(json, "workflow"),
        DocumentJson.in(json, "input"),
        json.path("enabled").asBoolean());
  }

  private static void task(JsonGenerator out, TaskCreated created) throws IOException {
    out.writeStringField("task_id", created.taskId().value());
    out.writeStringField("title", created.title());
    optional(out, "due", created.due());
    optional(out, "notes", created.notes());
    out.writeStringField("priority", Json.name(created.priority()));
    out.writeStringField("status", Json.name(created.status()));
    out.writeStringField("source", Json.name(created.source()));
  }

  private static boolean flag(JsonNode payload, String field) {
    return payload.path(field).asBoolean();
  }

  private static OperationId operation(JsonNode payload) {
    return new OperationId(Json.text(payload, "operation_id"));
  }

  private static @Nullable OperationId operationOrNull(JsonNode payload) {
    return payload.has("operation_id") ? operation(payload) : null;
  }

  private static TaskId taskId(JsonNode payload) {
    return new TaskId(Json.text(payload, "task_id"));
  }

  private static CalendarEventId calendarEventId(JsonNode payload) {
    return new CalendarEventId(Json.text(payload, "calendar_event_id"));
  }
}
