package dev.microcos.core.domain.user;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to change in a task; null leaves a field as it is.
 *
 * @param cleared the fields that are to be empty
 */
public record TaskChanges(
    @Nullable String title,
    @Nullable String due,
    @Nullable String notes,
    @Nullable TaskPriority priority,
    @Nullable TaskStatus status,
    Set<Clearable> cleared) {

  public TaskChanges {
    cleared = cleared.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(cleared));
  }

  /** A field that may be empty. */
  public enum Clearable {
    DUE,
    NOTES
  }
}
