package dev.microcos.core.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.domain.log.Row;
import dev.microcos.core.domain.log.Rows;
import dev.microcos.core.domain.user.Preferences;
import dev.microcos.core.domain.user.UserState;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a person sees of their state: maps by id, without nulls. */
@SuppressWarnings("ReferenceEquality") // the same object is the same row
public final class View {

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
    empty(out, "facts");
    out.writeEndObject();
    empty(out, "context");
    rows("operations", state.operations(), out);
    empty(out, "runs");
    empty(out, "questions");
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
   * Writes the merge patch (RFC 7396) that leads from one view to a later one. Rows that are the
   * same objects in both cost a comparison of references.
   */
  @SuppressWarnings("ReferenceEquality")
  public static void patch(UserState from, UserState to, JsonGenerator out) throws IOException {
    out.writeStartObject();
    patch("messages", from.messages(), to.messages(), out);
    patch("tasks", from.tasks(), to.tasks(), out);
    patch("calendar", from.calendar(), to.calendar(), out);
    if (!from.preferences().equals(to.preferences())) {
      out.writeObjectFieldStart("memory");
      out.writeFieldName("preferences");
      tree(from.preferences(), to.preferences(), out);
      out.writeEndObject();
    }
    patch("operations", from.operations(), to.operations(), out);
    if (from.usage() != to.usage()) {
      out.writeObjectFieldStart("usage");
      patch("days", from.usage(), to.usage(), out);
      out.writeEndObject();
    }
    out.writeEndObject();
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
