package dev.microcos.local.services.scheduler;

import java.time.Instant;
import java.util.Optional;

/** Reckons when schedules are due. */
@FunctionalInterface
public interface Times {

  /**
   * The first time after {@code instant} that an expression is due, if there is one.
   *
   * @param start what a rate counts from
   * @throws IllegalArgumentException saying what is wrong with the expression or the time zone
   */
  Optional<Instant> after(String expression, String timeZone, Instant start, Instant instant);
}
