package dev.microcos.core.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.domain.id.CalendarEventId;
import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.id.Subject;
import dev.microcos.core.domain.id.TaskId;
import dev.microcos.core.domain.log.IdKey;
import dev.microcos.core.domain.log.Ring;
import dev.microcos.core.domain.log.Row;
import dev.microcos.core.domain.log.Rows;
import dev.microcos.core.domain.user.CalendarEvent;
import dev.microcos.core.domain.user.KeptSchedule;
import dev.microcos.core.domain.user.Minute;
import dev.microcos.core.domain.user.Operation;
import dev.microcos.core.domain.user.RunBrief;
import dev.microcos.core.domain.user.Task;
import dev.microcos.core.domain.user.TaskPriority;
import dev.microcos.core.domain.user.TaskSource;
import dev.microcos.core.domain.user.TaskStatus;
import dev.microcos.core.domain.user.Usage;
import dev.microcos.core.domain.user.UserState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A whole state as it is kept in a snapshot: the rows of the view, and what the view hides. */
public final class StateJson {

  private static final Versions VERSIONS = new Versions("a state", List.of());

  private StateJson() {}

  /** A state as UTF-8. */
  public static byte[] write(UserState state) {
    return Json.bytes(out -> {
      out.writeStartObject();
      out.writeNumberField("version", UserState.VERSION);
      out.writeNumberField("seq", state.seq());
      out.writeStringField("committed_at", state.committedAt().toString());
      ring(state.ring(), out);
      rows("messages", state.messages(), out);
      rows("tasks", state.tasks(), out);
      rows("calendar", state.calendar(), out);
      rows("operations", state.operations(), out);
      rows("usage", state.usage(), out);
      rows("runs", state.runs(), out);
      runSeqs(state.runs(), out);
      rows("questions", state.questions(), out);
      rows("waits", state.waits(), out);
      rows("signals", state.signals(), out);
      rows("schedules", state.schedules(), out);
      schedulesSince(state.schedules(), out);
      rows("memory", state.memory(), out);
      rows("notifications", state.notifications(), out);
      out.writeFieldName("preferences");
      PreferencesJson.write(state.preferences(), out);
      out.writeNumberField("minute", state.minute().minute());
      out.writeNumberField("minute_messages", state.minute().messages());
      out.writeNumberField("minute_writes", state.minute().writes());
      out.writeEndObject();
    });
  }

  /**
   * The state that was written.
   *
   * @throws UnknownTypeException if a later release wrote it
   */
  public static UserState read(byte[] json, Person person) {
    JsonNode tree = VERSIONS.today(Json.tree(json));
    return new UserState(
        person,
        Json.number(tree, "seq"),
        Json.instant(tree, "committed_at"),
        ring(tree, person),
        rows(tree.path("messages"), MessageJson::message),
        rows(tree.path("tasks"), StateJson::task),
        rows(
            tree.path("calendar"),
            each -> calendarEvent(each, new CalendarEventId(Json.text(each, "id")))),
        PreferencesJson.read(tree.path("preferences")),
        rows(tree.path("operations"), StateJson::operation),
        rows(tree.path("usage"), StateJson::usage),
        new Minute(
            Json.number(tree, "minute"),
            (int) Json.number(tree, "minute_messages"),
            (int) Json.number(tree, "minute_writes")),
        runs(tree),
        rows(tree.path("questions"), UserRowJson::question),
        rows(tree.path("waits"), UserRowJson::waiting),
        rows(tree.path("signals"), UserRowJson::signal),
        schedules(tree),
        rows(tree.path("memory"), UserRowJson::memory),
        rows(tree.path("notifications"), UserRowJson::notification));
  }

  /** Up to which seq each run is known, in the order of the runs. */
  private static void runSeqs(Rows<RunBrief> runs, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("run_seqs");
    for (RunBrief run : runs) {
      out.writeNumber(run.runSeq());
    }
    out.writeEndArray();
  }

  private static Rows<RunBrief> runs(JsonNode tree) {
    JsonNode array = tree.path("runs");
    List<RunBrief> runs = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      runs.add(UserRowJson.run(array.get(i), tree.path("run_seqs").path(i).asLong()));
    }
    return Rows.of(runs);
  }

  /** Since when the expression of each schedule holds, in the order of the schedules. */
  private static void schedulesSince(Rows<KeptSchedule> schedules, JsonGenerator out)
      throws IOException {
    out.writeArrayFieldStart("schedules_since");
    for (KeptSchedule kept : schedules) {
      out.writeString(kept.since().toString());
    }
    out.writeEndArray();
  }

  /** An earlier release did not keep since when; then they count from when it wrote the state. */
  private static Rows<KeptSchedule> schedules(JsonNode tree) {
    JsonNode array = tree.path("schedules");
    String written = Json.text(tree, "committed_at");
    List<KeptSchedule> schedules = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      JsonNode each = array.get(i);
      schedules.add(
          new KeptSchedule(
              UserFactJson.schedule(each, Json.text(each, "id")),
              Instant.parse(tree.path("schedules_since").path(i).asText(written))));
    }
    return Rows.of(schedules);
  }

  static void rows(String field, Rows<?> rows, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart(field);
    for (Row row : rows) {
      View.row(row, out);
    }
    out.writeEndArray();
  }

  static <R extends Row> Rows<R> rows(JsonNode array, Function<JsonNode, R> row) {
    List<R> rows = new ArrayList<>(array.size());
    array.forEach(each -> rows.add(row.apply(each)));
    return Rows.of(rows);
  }

  private static Task task(JsonNode json) {
    return new Task(
        new TaskId(Json.text(json, "id")),
        Json.text(json, "title"),
        Json.textOrNull(json, "due"),
        Json.textOrNull(json, "notes"),
        Json.constant(TaskPriority.class, Json.text(json, "priority")),
        Json.constant(TaskStatus.class, Json.text(json, "status")),
        Json.constant(TaskSource.class, Json.text(json, "source")),
        Json.instant(json, "created_at"),
        Json.instant(json, "updated_at"));
  }

  static CalendarEvent calendarEvent(JsonNode json, CalendarEventId id) {
    return new CalendarEvent(
        id,
        Json.text(json, "title"),
        Json.text(json, "starts_at"),
        Json.textOrNull(json, "ends_at"),
        Json.textOrNull(json, "time_zone"),
        Json.textOrNull(json, "location"),
        Json.textOrNull(json, "description"));
  }

  private static Operation operation(JsonNode json) {
    return new Operation(
        new OperationId(Json.text(json, "id")),
        Json.constant(Operation.Kind.class, Json.text(json, "kind")),
        new ConversationId(Json.text(json, "conversation_id")),
        new RequestId(Json.text(json, "request_id")),
        (int) Json.number(json, "hops"),
        Json.text(json, "status").equals(RowJson.QUEUED),
        json.path(RowJson.RETRIED).asBoolean(),
        Json.instant(json, "started_at"));
  }

  private static Usage usage(JsonNode json) {
    return new Usage(
        Json.text(json, "id"),
        Json.number(json, "input_tokens"),
        Json.number(json, "output_tokens"),
        (int) Json.number(json, "model_calls"));
  }

  /** Chunks of hashes as base64 of big-endian words, each with its time before it. */
  static void ring(Ring ring, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("ring");
    long[][] chunks = ring.chunks();
    long[] since = ring.since();
    for (int i = 0; i < chunks.length; i++) {
      ByteBuffer bytes = ByteBuffer.allocate((chunks[i].length + 1) * Long.BYTES);
      bytes.putLong(since[i]);
      for (long hash : chunks[i]) {
        bytes.putLong(hash);
      }
      out.writeBinary(bytes.array());
    }
    out.writeEndArray();
  }

  static Ring ring(JsonNode tree, Subject subject) {
    JsonNode array = tree.path("ring");
    long[][] chunks = new long[array.size()][];
    long[] since = new long[array.size()];
    for (int i = 0; i < chunks.length; i++) {
      ByteBuffer bytes = ByteBuffer.wrap(binary(array.get(i)));
      since[i] = bytes.getLong();
      chunks[i] = new long[bytes.remaining() / Long.BYTES];
      bytes.asLongBuffer().get(chunks[i]);
    }
    return Ring.of(IdKey.of(subject), chunks, since);
  }

  private static byte[] binary(JsonNode base64) {
    try {
      return base64.binaryValue();
    } catch (IOException e) {
      throw new IllegalArgumentException("not base64", e);
    }
  }
}
