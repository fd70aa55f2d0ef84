package dev.microcos.core.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.domain.user.TaskChanges;
import dev.microcos.core.domain.user.TaskChanges.Clearable;
import dev.microcos.core.domain.user.TaskPriority;
import dev.microcos.core.domain.user.TaskStatus;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes of a task as a merge patch: null takes a field away. */
final class TaskJson {

  private TaskJson() {}

  static void changes(TaskChanges changes, JsonGenerator out) throws IOException {
    out.writeStartObject();
    if (changes.title() != null) {
      out.writeStringField("title", changes.title());
    }
    clearable(out, "due", changes.due(), changes.cleared().contains(Clearable.DUE));
    clearable(out, "notes", changes.notes(), changes.cleared().contains(Clearable.NOTES));
    if (changes.priority() != null) {
      out.writeStringField("priority", Json.name(changes.priority()));
    }
    if (changes.status() != null) {
      out.writeStringField("status", Json.name(changes.status()));
    }
    out.writeEndObject();
  }

  static TaskChanges changes(JsonNode patch) {
    Set<Clearable> cleared = EnumSet.noneOf(Clearable.class);
    for (Clearable each : Clearable.values()) {
      JsonNode value = patch.get(Json.name(each));
      if (value != null && value.isNull()) {
        cleared.add(each);
      }
    }
    String priority = Json.textOrNull(patch, "priority");
    String status = Json.textOrNull(patch, "status");
    return new TaskChanges(
        Json.textOrNull(patch, "title"),
        Json.textOrNull(patch, "due"),
        Json.textOrNull(patch, "notes"),
        priority == null ? null : Json.constant(TaskPriority.class, priority),
        status == null ? null : Json.constant(TaskStatus.class, status),
        cleared);
  }

  private static void clearable(
      JsonGenerator out, String field, @Nullable String value, boolean cleared) throws IOException {
    if (cleared) {
      out.writeNullField(field);
    } else if (value != null) {
      out.writeStringField(field, value);
    }
  }
}
