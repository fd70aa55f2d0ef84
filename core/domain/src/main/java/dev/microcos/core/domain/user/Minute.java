package dev.microcos.core.domain.user;

import java.time.Instant;

/**
 * What a person did in the present minute, to hold it against their limits.
 *
 * @param minute minutes since the epoch
 * @param messages messages said
 * @param writes writes of any kind
 */
public record Minute(long minute, int messages, int writes) {

  static final Minute NONE = new Minute(0, 0, 0);

  private static final int SECONDS = 60;

  Minute at(Instant time) {
    long now = minuteOf(time);
    return now == minute ? this : new Minute(now, 0, 0);
  }

  Minute counted(Instant time, boolean message) {
    Minute now = at(time);
    return new Minute(now.minute, now.messages + (message ? 1 : 0), now.writes + 1);
  }

  Instant end() {
    return Instant.ofEpochSecond((minute + 1) * SECONDS);
  }

  private static long minuteOf(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), SECONDS);
  }
}
