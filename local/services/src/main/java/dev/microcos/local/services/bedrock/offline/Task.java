package dev.microcos.local.services.bedrock.offline;

import java.time.LocalDate;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A task of the context.
 *
 * @param due the day it is due in the person's time zone, or null
 */
record Task(String title, String status, @Nullable LocalDate due, String priority) {

  /** What is due first comes first, of the same day the more important; without a day, last. */
  static final Comparator<Task> BY_URGENCY =
      Comparator.comparing(Task::dayOrFar).thenComparingInt(Task::rank).thenComparing(Task::title);

  boolean isOpen() {
    return status.equals("open");
  }

  boolean isHigh() {
    return priority.equals("high");
  }

  boolean isOverdue(@Nullable LocalDate today) {
    return due != null && today != null && due.isBefore(today);
  }

  boolean isDueOn(@Nullable LocalDate day) {
    return due != null && due.equals(day);
  }

  /** As in {@code **Call Ana**, due tomorrow, high priority}. */
  String line(@Nullable LocalDate today) {
    String reason = reason(today);
    return "**" + title + "**" + (reason.isEmpty() ? "" : ", " + reason);
  }

  /** Why it matters, as in {@code due tomorrow, high priority}; empty if nothing says so. */
  String reason(@Nullable LocalDate today) {
    String when =
        due == null
            ? ""
            : isOverdue(today)
                ? "overdue since " + Days.near(due, today)
                : "due " + Days.near(due, today);
    String weight = isHigh() ? "high priority" : "";
    return when.isEmpty() || weight.isEmpty() ? when + weight : when + ", " + weight;
  }

  private LocalDate dayOrFar() {
    return due == null ? LocalDate.MAX : due;
  }

  private int rank() {
    return switch (priority) {
      case "high" -> 0;
      case "low" -> 2;
      default -> 1;
    };
  }
}
