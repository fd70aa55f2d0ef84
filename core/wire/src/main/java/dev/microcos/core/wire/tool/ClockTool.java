package dev.microcos.core.wire.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.wire.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * Tells the time in a time zone, and what it is after a duration: years, months and days on the
 * calendar there, hours and less on the clock.
 */
final class ClockTool implements Tool {
  private static final JsonNode SCHEMA = HouseSchemas.of("clock");

  @Override
  public String name() {
    return "clock";
  }

  @Override
  public String description() {
    return "Tells the time in a time zone, now or from a given instant on, plus a duration.";
  }

  @Override
  public JsonNode argumentsSchema() {
    return SCHEMA;
  }

  @Override
  public JsonNode call(ObjectNode arguments, Instant now) {
    try {
      ZoneId zone = ZoneId.of(arguments.path("time_zone").asText("UTC"));
      Instant from =
          arguments.has("from")
              ? OffsetDateTime.parse(arguments.path("from").asText()).toInstant()
              : now;
      ZonedDateTime time = plus(from.atZone(zone), arguments.path("plus").asText(""));
      return Json.object()
          .put("instant", Json.instant(time.toInstant()))
          .put("date", time.toLocalDate().toString())
          .put("time", time.toLocalTime().withNano(0).toString())
          .put("weekday", Json.name(time.getDayOfWeek()))
          .put("time_zone", zone.getId());
    } catch (DateTimeException | ArithmeticException e) {
      throw new ToolFailure("invalid_arguments", "clock: " + e.getMessage(), false);
    }
  }

  /** A duration of ISO 8601, {@code P1M2DT3H}; with a minus before it, backwards. */
  private static ZonedDateTime plus(ZonedDateTime time, String text) {
    if (text.isEmpty()) {
      return time;
    }
    boolean back = text.startsWith("-");
    String amount = back ? text.substring(1) : text;
    int clock = amount.indexOf('T');
    String days = clock < 0 ? amount : amount.substring(0, clock);
    Period period = days.equals("P") ? Period.ZERO : Period.parse(days);
    Duration duration = clock < 0 ? Duration.ZERO : Duration.parse("P" + amount.substring(clock));
    return back ? time.minus(period).minus(duration) : time.plus(period).plus(duration);
  }
}
