package dev.microcos.core.domain.user;

import dev.microcos.core.domain.id.CalendarEventId;
import dev.microcos.core.domain.log.Row;
import org.jspecify.annotations.Nullable;

/**
 * An event of the calendar.
 *
 * @param startsAt an instant, or a date if it lasts all day, as text
 * @param endsAt of the same form as {@code startsAt}
 * @param timeZone a name of the IANA time zone database
 */
public record CalendarEvent(
    CalendarEventId calendarEventId,
    String title,
    String startsAt,
    @Nullable String endsAt,
    @Nullable String timeZone,
    @Nullable String location,
    @Nullable String description)
    implements Row {

  @Override
  public String id() {
    return calendarEventId.value();
  }
}
