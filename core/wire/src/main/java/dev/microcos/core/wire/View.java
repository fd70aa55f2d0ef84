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
    out.writeObjectFieldStart("facts");
    for (Memory memory : state.memory()) {
      out.writeFieldName(memory.key());
      RowJson.memory(memory, out);
    }
    out.writeEndObject();
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
  @SuppressWarnings("ReferenceEquality")
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
    JsonNode before = tree(from);
    JsonNode after = tree(to);
    return MergePatch.leads(before, MergePatch.between(before, after), after);
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
    if (from.memory() != to.memory()) {
      out.writeFieldName("facts");
      out.writeTree(MergePatch.between(facts(from.memory()), facts(to.memory())));
    }
    out.writeEndObject();
  }

  private static JsonNode facts(Rows<Memory> memory) {
    return Json.tree(
        Json.bytes(out -> {
          out.writeStartObject();
          for (Memory each : memory) {
            out.writeFieldName(each.key());
            RowJson.memory(each, out);
          }
          out.writeEndObject();
        }));
  }

  @SuppressWarnings("ReferenceEquality")
  private static void patch(String field, Rows<?> from, Rows<?> to, JsonGenerator out)
      throws IOException {
    if (from == to) {
      return;
    }
    Map<String, Row> before = HashMap.newHashMap(from.size());
    from.forEach(row -> before.put(row.id(), row));
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

  private static void row(@Nullable Row was, Row row, JsonGenerator out) throws IOException {
    if (was == null) {
      out.writeStartObject();
      RowJson.fields(row, out);
      out.writeEndObject();
    } else {
      JsonNode patch = MergePatch.between(tree(was), tree(row));
      out.writeTree(patch);
    }
  }

  private static void tree(Preferences from, Preferences to, JsonGenerator out) throws IOException {
    JsonNode before = Json.tree(Json.bytes(each -> PreferencesJson.write(from, each)));
    JsonNode after = Json.tree(Json.bytes(each -> PreferencesJson.write(to, each)));
    out.writeTree(MergePatch.between(before, after));
  }

  private static JsonNode tree(Rows<?> rows) {
    return Json.tree(
        Json.bytes(out -> {
          out.writeStartObject();
          for (Row row : rows) {
            out.writeFieldName(row.id());
            row(null, row, out);
          }
          out.writeEndObject();
        }));
  }

  private static JsonNode tree(Row row) {
    return Json.tree(
        Json.bytes(out -> {
          out.writeStartObject();
          RowJson.fields(row, out);
          out.writeEndObject();
        }));
  }

  private static void rows(String field, Rows<?> rows, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart(field);
    for (Row row : rows) {
      out.writeFieldName(row.id());
      row(null, row, out);
    }
    out.writeEndObject();
  }

  private static void empty(JsonGenerator out, String field) throws IOException {
    out.writeObjectFieldStart(field);
    out.writeEndObject();
  }
}
