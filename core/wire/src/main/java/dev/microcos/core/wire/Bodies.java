package dev.microcos.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.application.InvalidRequest;
import dev.microcos.core.domain.id.CalendarEventId;
import dev.microcos.core.domain.id.TaskId;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.UserFact.CalendarEventAdded;
import dev.microcos.core.domain.log.UserFact.PreferencesUpdated;
import dev.microcos.core.domain.log.UserFact.TaskCreated;
import dev.microcos.core.domain.log.UserFact.TaskUpdated;
import dev.microcos.core.domain.log.UserFact.UserMessage;
import dev.microcos.core.domain.user.CalendarEvent;
import dev.microcos.core.domain.user.TaskPriority;
import dev.microcos.core.domain.user.TaskSource;
import dev.microcos.core.domain.user.TaskStatus;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Bodies of requests, which have passed their schema, as facts. What a schema cannot say is checked
 * here: that a day exists, that a time zone is known.
 */
public final class Bodies {

  private static final int DATE_LENGTH = 10;

  private Bodies() {}

  /** {@code post-message}. */
  public static UserMessage message(ObjectNode body) {
    return new UserMessage(
        Json.text(body, "text"), body.path("interrupt").asBoolean(), null, false);
  }

  /** {@code post-task}. */
  public static TaskCreated task(ObjectNode body, TaskId id) {
    String priority = Json.textOrNull(body, "priority");
    String status = Json.textOrNull(body, "status");
    return new TaskCreated(
        id,
        Json.text(body, "title"),
        due(body),
        Json.textOrNull(body, "notes"),
        priority == null ? TaskPriority.NORMAL : Json.constant(TaskPriority.class, priority),
        status == null ? TaskStatus.OPEN : Json.constant(TaskStatus.class, status),
        TaskSource.USER);
  }

  /** {@code patch-task}. */
  public static TaskUpdated changes(ObjectNode body, TaskId id) {
    String due = due(body);
    ObjectNode changes = body.deepCopy();
    if (due != null) {
      changes.put("due", due);
    }
    return new TaskUpdated(id, TaskJson.changes(changes));
  }

  /** {@code post-calendar-event}. */
  public static CalendarEventAdded calendarEvent(ObjectNode body, CalendarEventId id) {
    String startsAt = Json.text(body, "starts_at");
    String endsAt = Json.textOrNull(body, "ends_at");
    if (endsAt != null && isDay(startsAt) != isDay(endsAt)) {
      throw new InvalidRequest("/ends_at", "must be a day if /starts_at is one, else an instant");
    }
    String from = dayOrInstant("/starts_at", startsAt);
    String to = endsAt == null ? null : dayOrInstant("/ends_at", endsAt);
    if (to != null && to.compareTo(from) < 0) {
      throw new InvalidRequest("/ends_at", "is before /starts_at");
    }
    return new CalendarEventAdded(
        new CalendarEvent(
            id,
            Json.text(body, "title"),
            from,
            to,
            timeZone(body),
            Json.textOrNull(body, "location"),
            Json.textOrNull(body, "description")));
  }

  /** {@code put-preferences}. */
  public static Fact preferences(ObjectNode body) {
    timeZone(body);
    return new PreferencesUpdated(PreferencesJson.read(body));
  }

  private static @Nullable String timeZone(ObjectNode body) {
    String zone = Json.textOrNull(body, "time_zone");
    if (zone != null && !ZoneId.getAvailableZoneIds().contains(zone)) {
      throw new InvalidRequest(
          "/time_zone", "is no name of the IANA time zone database, such as Europe/Berlin");
    }
    return zone;
  }

  private static @Nullable String due(JsonNode body) {
    String due = Json.textOrNull(body, "due");
    return due == null ? null : dayOrInstant("/due", due);
  }

  private static String dayOrInstant(String pointer, String text) {
    try {
      return isDay(text)
          ? LocalDate.parse(text).toString()
          : Json.instant(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      throw new InvalidRequest(pointer, "is no day of the calendar, or no time of day");
    }
  }

  private static boolean isDay(String text) {
    return text.length() == DATE_LENGTH;
  }
}
