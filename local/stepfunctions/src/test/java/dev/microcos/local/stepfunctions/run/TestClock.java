package dev.microcos.local.stepfunctions.run;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until somebody moves it. */
final class TestClock implements InstantSource {

  private volatile Instant now = Instant.parse("2026-01-05T08:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  synchronized void moveTo(Instant later) {
    now = later.isAfter(now) ? later : now;
  }
}
