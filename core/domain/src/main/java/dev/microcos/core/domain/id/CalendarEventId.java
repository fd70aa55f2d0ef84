package dev.microcos.core.domain.id;

/** An event of a person's calendar. */
public record CalendarEventId(String value) implements Id {

  public CalendarEventId {
    Id.check("cal", value);
  }

  /** The calendar event that an event of the log makes: the same UUID under another prefix. */
  public static CalendarEventId madeBy(EventId event) {
    return new CalendarEventId("cal_" + event.uuidText());
  }

  @Override
  public String toString() {
    return value;
  }
}
