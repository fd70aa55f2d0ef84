package dev.microcos.core.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Row;
import dev.microcos.core.domain.user.AskedQuestion;
import dev.microcos.core.domain.user.CalendarEvent;
import dev.microcos.core.domain.user.KeptSchedule;
import dev.microcos.core.domain.user.KeptSignal;
import dev.microcos.core.domain.user.Memory;
import dev.microcos.core.domain.user.Message;
import dev.microcos.core.domain.user.Notification;
import dev.microcos.core.domain.user.Operation;
import dev.microcos.core.domain.user.RegisteredWait;
import dev.microcos.core.domain.user.RunBrief;
import dev.microcos.core.domain.user.Schedule;
import dev.microcos.core.domain.user.Task;
import dev.microcos.core.domain.user.Usage;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The fields of a row, without its id: the same in the view and in a snapshot. */
final class RowJson {

  static final String QUEUED = "queued";
  static final String RETRIED = "retried";

  private RowJson() {}

  static void fields(Row row, JsonGenerator out) throws IOException {
    switch (row) {
      case Message message -> message(message, out);
      case Task task -> task(task, out);
      case CalendarEvent event -> calendarEvent(event, out);
      case Operation operation -> operation(operation, out);
      case Usage usage -> usage(usage, out);
      case KeptSchedule kept -> schedule(kept.schedule(), out);
      case RunBrief run -> run(run, out);
      case AskedQuestion asked -> {
        out.writeStringField("run_id", asked.runId().value());
        out.writeStringField("workflow", asked.workflow());
        RunUpdatedJson.fields(asked.question(), out);
      }
      case Notification told -> {
        out.writeStringField("title", told.title());
        out.writeStringField("text", told.text());
        FactJson.optional(out, "run_id", told.runId());
        out.writeStringField("at", Json.instant(told.at()));
      }
      case RegisteredWait wait -> {
        out.writeStringField("run_id", wait.runId().value());
        RunUpdatedJson.fields(wait.open(), out);
        out.writeBooleanField("served", wait.served());
      }
      case KeptSignal kept -> {
        out.writeStringField("signal", kept.signal());
        DocumentJson.field(out, "data", kept.data());
        FactJson.optional(out, "run_id", kept.runId());
        out.writeStringField("at", Json.instant(kept.at()));
      }
      case Memory memory -> {
        out.writeFieldName("value");
        memory(memory, out);
        out.writeBooleanField("list", memory.isList());
      }
      default -> throw new IllegalArgumentException("no form for " + row.getClass());
    }
  }

  private static void message(Message message, JsonGenerator out) throws IOException {
    out.writeStringField("role", Json.name(message.role()));
    out.writeStringField("text", message.text());
    out.writeStringField("status", Json.name(message.status()));
    out.writeStringField("at", Json.instant(message.at()));
    out.writeNumberField("seq", message.seq());
    out.writeStringField("conversation_id", message.conversationId().value());
    if (message.attempt() > 0) {
      out.writeNumberField("attempt", message.attempt());
    }
    Message.Failure failure = message.failure();
    if (failure != null) {
      out.writeObjectFieldStart("failure");
      out.writeStringField("code", failure.code());
      out.writeStringField("detail", failure.detail());
      out.writeEndObject();
    }
  }

  private static void task(Task task, JsonGenerator out) throws IOException {
    out.writeStringField("title", task.title());
    optional(out, "due", task.due());
    optional(out, "notes", task.notes());
    out.writeStringField("priority", Json.name(task.priority()));
    out.writeStringField("status", Json.name(task.status()));
    out.writeStringField("source", Json.name(task.source()));
    out.writeStringField("created_at", Json.instant(task.createdAt()));
    out.writeStringField("updated_at", Json.instant(task.updatedAt()));
  }

  private static void calendarEvent(CalendarEvent event, JsonGenerator out) throws IOException {
    out.writeStringField("title", event.title());
    out.writeStringField("starts_at", event.startsAt());
    optional(out, "ends_at", event.endsAt());
    optional(out, "time_zone", event.timeZone());
    optional(out, "location", event.location());
    optional(out, "description", event.description());
  }

  private static void optional(JsonGenerator out, String field, @Nullable String value)
      throws IOException {
    if (value != null) {
      out.writeStringField(field, value);
    }
  }

  private static void operation(Operation operation, JsonGenerator out) throws IOException {
    out.writeStringField("kind", Json.name(operation.kind()));
    out.writeStringField("status", operation.queued() ? QUEUED : "running");
    out.writeStringField("conversation_id", operation.conversationId().value());
    out.writeStringField("request_id", operation.request().value());
    out.writeNumberField("hops", operation.hops());
    if (operation.retried()) {
      out.writeBooleanField(RETRIED, true);
    }
    out.writeStringField("started_at", Json.instant(operation.startedAt()));
  }

  private static void usage(Usage usage, JsonGenerator out) throws IOException {
    out.writeNumberField("input_tokens", usage.inputTokens());
    out.writeNumberField("output_tokens", usage.outputTokens());
    out.writeNumberField("model_calls", usage.modelCalls());
  }

  static void schedule(Schedule schedule, JsonGenerator out) throws IOException {
    out.writeStringField("expression", schedule.expression());
    out.writeStringField("time_zone", schedule.timeZone());
    out.writeStringField("workflow", schedule.workflow());
    DocumentJson.field(out, "input", schedule.input());
    out.writeBooleanField("enabled", schedule.enabled());
  }

  private static void run(RunBrief run, JsonGenerator out) throws IOException {
    out.writeStringField("workflow", run.workflow());
    out.writeStringField("title", run.title());
    out.writeStringField("status", Json.name(run.status()));
    out.writeStringField("started_at", Json.instant(run.startedAt()));
    Instant endedAt = run.endedAt();
    if (endedAt != null) {
      out.writeStringField("ended_at", Json.instant(endedAt));
    }
    optional(out, "error", run.error());
  }

  /** One value, or an array of them. */
  static void memory(Memory memory, JsonGenerator out) throws IOException {
    if (!memory.isList()) {
      out.writeRawValue(memory.values().getFirst().json());
      return;
    }
    out.writeStartArray();
    for (Document value : memory.values()) {
      out.writeRawValue(value.json());
    }
    out.writeEndArray();
  }
}
