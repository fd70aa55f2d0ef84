package dev.microcos.core.domain.user;

import dev.microcos.core.domain.id.TaskId;
import dev.microcos.core.domain.log.Row;
import dev.microcos.core.domain.user.TaskChanges.Clearable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something to be done.
 *
 * @param due a date, or an instant, as text
 * @param createdAt when it was asked for
 * @param updatedAt when it last changed
 */
public record Task(
    TaskId taskId,
    String title,
    @Nullable String due,
    @Nullable String notes,
    TaskPriority priority,
    TaskStatus status,
    TaskSource source,
    Instant createdAt,
    Instant updatedAt)
    implements Row {

  @Override
  public String id() {
    return taskId.value();
  }

  Task with(TaskChanges changes, Instant at) {
    return new Task(
        taskId,
        changes.title() == null ? title : changes.title(),
        changed(due, changes.due(), changes.cleared().contains(Clearable.DUE)),
        changed(notes, changes.notes(), changes.cleared().contains(Clearable.NOTES)),
        changes.priority() == null ? priority : changes.priority(),
        changes.status() == null ? status : changes.status(),
        source,
        createdAt,
        at);
  }

  private static @Nullable String changed(
      @Nullable String was, @Nullable String set, boolean cleared) {
    return cleared ? null : set == null ? was : set;
  }
}
