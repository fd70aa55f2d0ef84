package dev.microcos.core.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that the test moves. */
public final class TestClock implements InstantSource {

  private Instant now = People.NOON;

  @Override
  public synchronized Instant instant() {
    return now;
  }

  /** Moves it on. */
  public synchronized void advance(Duration by) {
    now = now.plus(by);
  }
}
