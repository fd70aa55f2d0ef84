package dev.microcos.local.services.apigateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that a test moves. */
public final class Clock implements InstantSource {

  /** What it shows at first. */
  public static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

  private volatile Instant now = START;

  @Override
  public Instant instant() {
    return now;
  }

  /** Moves it forward. */
  public synchronized void advance(Duration by) {
    now = now.plus(by);
  }
}
