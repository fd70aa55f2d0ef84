package dev.microcos.core.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.domain.id.CalendarEventId;
import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.TaskId;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.Fact.AssistantFailed;
import dev.microcos.core.domain.log.Fact.AssistantMessage;
import dev.microcos.core.domain.log.Fact.CalendarEventAdded;
import dev.microcos.core.domain.log.Fact.CalendarEventRemoved;
import dev.microcos.core.domain.log.Fact.MessagesArchived;
import dev.microcos.core.domain.log.Fact.OperationCancelled;
import dev.microcos.core.domain.log.Fact.OperationRetried;
import dev.microcos.core.domain.log.Fact.PreferencesUpdated;
import dev.microcos.core.domain.log.Fact.Quota;
import dev.microcos.core.domain.log.Fact.Rejected;
import dev.microcos.core.domain.log.Fact.RejectionCode;
import dev.microcos.core.domain.log.Fact.StopReason;
import dev.microcos.core.domain.log.Fact.TaskCreated;
import dev.microcos.core.domain.log.Fact.TaskDeleted;
import dev.microcos.core.domain.log.Fact.TaskUpdated;
import dev.microcos.core.domain.log.Fact.TokenUse;
import dev.microcos.core.domain.log.Fact.UserMessage;
import dev.microcos.core.domain.user.TaskPriority;
import dev.microcos.core.domain.user.TaskSource;
import dev.microcos.core.domain.user.TaskStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Facts as the payload of an envelope; the forms are in {@code events/envelopes}. */
final class FactJson {

  private FactJson() {}

  static void write(Fact fact, JsonGenerator out) throws IOException {
    out.writeStartObject();
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
      case Rejected rejected -> rejected(out, rejected);
    }
    out.writeEndObject();
  }

  /**
   * The fact of the given type.
   *
   * @throws UnknownTypeException if this release does not know the type
   * @throws IllegalArgumentException if the payload does not fit the type
   */
  static Fact read(String type, JsonNode payload) {
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
              tokens(payload));
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
      case "rejected" ->
          new Rejected(
              Json.constant(RejectionCode.class, Json.text(payload, "code")),
              Json.text(payload, "detail"),
              Json.text(payload, "type"),
              quota(payload),
              tokens(payload));
      default -> throw new UnknownTypeException(type);
    };
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

  private static void rejected(JsonGenerator out, Rejected rejected) throws IOException {
    out.writeStringField("code", Json.name(rejected.code()));
    out.writeStringField("detail", rejected.detail());
    out.writeStringField("type", rejected.refused());
    Quota quota = rejected.quota();
    if (quota != null) {
      out.writeNumberField("limit", quota.limit());
      out.writeNumberField("current", quota.current());
      out.writeStringField("reset_at", Json.instant(quota.resetAt()));
    }
    tokens(out, rejected.tokens());
  }

  private static void tokens(JsonGenerator out, TokenUse tokens) throws IOException {
    if (!tokens.equals(TokenUse.NONE)) {
      out.writeStringField("model", tokens.model());
      out.writeNumberField("input_tokens", tokens.input());
      out.writeNumberField("output_tokens", tokens.output());
    }
  }

  private static TokenUse tokens(JsonNode payload) {
    return payload.has("model")
        ? new TokenUse(
            Json.text(payload, "model"),
            (int) Json.number(payload, "input_tokens"),
            (int) Json.number(payload, "output_tokens"))
        : TokenUse.NONE;
  }

  private static @Nullable Quota quota(JsonNode payload) {
    return payload.has("limit")
        ? new Quota(
            Json.number(payload, "limit"),
            Json.number(payload, "current"),
            Json.instant(payload, "reset_at"))
        : null;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>(array.size());
    array.forEach(each -> texts.add(each.asText()));
    return texts;
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

  private static void optional(JsonGenerator out, String field, @Nullable Object value)
      throws IOException {
    if (value != null) {
      out.writeStringField(field, value.toString());
    }
  }

  private static void optional(JsonGenerator out, String field, boolean value) throws IOException {
    if (value) {
      out.writeBooleanField(field, true);
    }
  }
}
