package dev.microcos.core.domain.user;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person prefers.
 *
 * @param timeZone an IANA time zone
 * @param workHours when they work
 * @param travel how they travel, by name: text, number or yes and no
 * @param thresholds from which confidence on something is done, by name, 0 to 1
 * @param notifications of what they want to be told, by name
 */
public record Preferences(
    @Nullable String timeZone,
    @Nullable WorkHours workHours,
    Map<String, Object> travel,
    Map<String, Object> thresholds,
    Map<String, Object> notifications) {

  /** No preference. */
  public static final Preferences NONE = new Preferences(null, null, Map.of(), Map.of(), Map.of());

  public Preferences {
    travel = Map.copyOf(travel);
    thresholds = Map.copyOf(thresholds);
    notifications = Map.copyOf(notifications);
  }

  /**
   * The hours of a working day, in the person's time zone.
   *
   * @param start as {@code HH:MM}
   * @param end as {@code HH:MM}
   */
  public record WorkHours(String start, String end) {}
}
