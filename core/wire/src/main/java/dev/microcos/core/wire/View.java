package dev.microcos.core.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.domain.log.Row;
import dev.microcos.core.domain.log.Rows;
import dev.microcos.core.domain.user.Memory;
import dev.microcos.core.domain.user.Preferences;
import dev.microcos.core.domain.user.RunBrief;
import dev.microcos.core.domain.user.UserState;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person sees of their state: maps by id, without nulls but those within a schedule's input,
 * a question's schema and default, and what is remembered.
 */
@SuppressWarnings("ReferenceEquality") // the same object is the same row
public final class View {

  /** How many runs the view lists. */
  private static final int MOST_RUNS = 100;

  private View() {}

  /** Writes the whole view. */
  public static void write(UserState state, JsonGenerator out) throws IOException {
    out.writeStartObject();
    rows("messages", state.messages(), out);
    rows("tasks", state.tasks(), out);
    rows("calendar", state.calendar(), out);
    out.writeObjectFieldStart("travel");
    empty(out, "events");
    empty(out, "trips");
    empty(out, "profile");
    out.writeEndObject();
    out.writeObjectFieldStart("planner");
    empty(out, "days");
    out.writeEndObject();
    empty(out, "reminders");
    out.writeObjectFieldStart("memory");
    out.writeFieldName("preferences");
    PreferencesJson.write(state.preferences(), out);
    rows("facts", state.memory(), out);
    out.writeEndObject();
    empty(out, "context");
    rows("operations", state.operations(), out);
    rows("runs", shown(state.runs()), out);
    rows("questions", state.questions(), out);
    rows("notifications", state.notifications(), out);
    rows("schedules", state.schedules(), out);
    out.writeObjectFieldStart("usage");
    rows("days", state.usage(), out);
    out.writeEndObject();
    out.writeEndObject();
  }

  /** The view as a tree. */
  public static ObjectNode tree(UserState state) {
    return (ObjectNode) Json.tree(Json.bytes(out -> write(state, out)));
  }

  /** Writes a row with its id, as it stands in a list. */
  public static void row(Row row, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("id", row.id());
    RowJson.fields(row, out);
    out.writeEndObject();
  }

  /** Hex SHA-256 of the view's canonical form. */
  public static String hash(UserState state) {
    return Canonical.hash(tree(state));
  }

  /**
   * Writes the merge patch (RFC 7396) that leads from one view to a later one, if one {@link
   * #canPatch can}. Rows that are the same objects in both cost a comparison of references.
   */
  public static void patch(UserState from, UserState to, JsonGenerator out) throws IOException {
    out.writeStartObject();
    patch("messages", from.messages(), to.messages(), out);
    patch("tasks", from.tasks(), to.tasks(), out);
    patch("calendar", from.calendar(), to.calendar(), out);
    memory(from, to, out);
    patch("operations", from.operations(), to.operations(), out);
    if (from.runs() != to.runs()) {
      patch("runs", shown(from.runs()), shown(to.runs()), out);
    }
    patch("questions", from.questions(), to.questions(), out);
    patch("notifications", from.notifications(), to.notifications(), out);
    patch("schedules", from.schedules(), to.schedules(), out);
    if (from.usage() != to.usage()) {
      out.writeObjectFieldStart("usage");
      patch("days", from.usage(), to.usage(), out);
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  /**
   * Whether a merge patch leads from one view to a later one: a null that comes in is lost in it.
   * Only what has documents of others within can bring one.
   */
  public static boolean canPatch(UserState from, UserState to) {
    return canPatch(from.memory(), to.memory())
        && canPatch(from.questions(), to.questions())
        && canPatch(from.schedules(), to.schedules());
  }

  private static boolean canPatch(Rows<?> from, Rows<?> to) {
    if (from == to) {
      return true;
    }
    Map<String, Row> before = byId(from);
    for (Row row : to) {
      Row was = before.get(row.id());
      if (was != row && !canPatch(was, row)) {
        return false;
      }
    }
    return true;
  }

  /** A patch that is null itself takes the row away, so it cannot make one. */
  private static boolean canPatch(@Nullable Row was, Row row) {
    JsonNode before = was == null ? Json.object() : tree(was);
    JsonNode after = tree(row);
    JsonNode patch = MergePatch.between(before, after);
    return !patch.isNull() && MergePatch.leads(before, patch, after);
  }

  /** The newest runs; a run that is older than those stands in the list of runs only. */
  private static Rows<RunBrief> shown(Rows<RunBrief> runs) {
    return runs.size() <= MOST_RUNS
        ? runs
        : Rows.of(runs.list().subList(runs.size() - MOST_RUNS, runs.size()));
  }

  private static void memory(UserState from, UserState to, JsonGenerator out) throws IOException {
    boolean preferences = !from.preferences().equals(to.preferences());
    if (!preferences && from.memory() == to.memory()) {
      return;
    }
    out.writeObjectFieldStart("memory");
    if (preferences) {
      out.writeFieldName("preferences");
      tree(from.preferences(), to.preferences(), out);
    }
    patch("facts", from.memory(), to.memory(), out);
    out.writeEndObject();
  }

  private static void patch(String field, Rows<?> from, Rows<?> to, JsonGenerator out)
      throws IOException {
    if (from == to) {
      return;
    }
    Map<String, Row> before = byId(from);
    out.writeObjectFieldStart(field);
    for (Row row : to) {
      Row was = before.remove(row.id());
      if (was != row) {
        out.writeFieldName(row.id());
        row(was, row, out);
      }
    }
    for (String gone : before.keySet()) {
      out.writeNullField(gone);
    }
    out.writeEndObject();
  }

  private static Map<String, Row> byId(Rows<?> rows) {
    Map<String, Row> byId = HashMap.newHashMap(rows.size());
    rows.forEach(row -> byId.put(row.id(), row));
    return byId;
  }

  private static void row(@Nullable Row was, Row row, JsonGenerator out) throws IOException {
    if (was == null) {
      whole(row, out);
    } else {
      out.writeTree(MergePatch.between(tree(was), tree(row)));
    }
  }

  private static void tree(Preferences from, Preferences to, JsonGenerator out) throws IOException {
    JsonNode before = Json.tree(Json.bytes(each -> PreferencesJson.write(from, each)));
    JsonNode after = Json.tree(Json.bytes(each -> PreferencesJson.write(to, each)));
    out.writeTree(MergePatch.between(before, after));
  }

  private static JsonNode tree(Row row) {
    return Json.tree(Json.bytes(out -> whole(row, out)));
  }

  /** What stands under a row's id: its fields; of what is remembered, the value alone. */
  private static void whole(Row row, JsonGenerator out) throws IOException {
    if (row instanceof Memory memory) {
      RowJson.memory(memory, out);
      return;
    }
    out.writeStartObject();
    RowJson.fields(row, out);
    out.writeEndObject();
  }

  private static void rows(String field, Rows<?> rows, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart(field);
    for (Row row : rows) {
      out.writeFieldName(row.id());
      whole(row, out);
    }
    out.writeEndObject();
  }

  private static void empty(JsonGenerator out, String field) throws IOException {
    out.writeObjectFieldStart(field);
    out.writeEndObject();
  }
}
