package dev.microcos.local.cloud;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time of the local cloud: the machine's, moved forward at will and never back. How far it was
 * moved is kept in a file, so that a restart does not travel into the past.
 */
public final class VirtualClock implements InstantSource {
  private final InstantSource real;
  private final Path file;
  private volatile Duration ahead;

  /** A clock that begins where the one that last used the file stood. */
  public VirtualClock(InstantSource real, Path file) {
    this.real = real;
    this.file = file;
    try {
      this.ahead =
          Files.exists(file) ? Duration.parse(Files.readString(file).strip()) : Duration.ZERO;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Instant instant() {
    return real.instant().plus(ahead);
  }

  /**
   * Moves the clock forward.
   *
   * @throws IllegalArgumentException if that would be backward
   */
  public synchronized void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("the clock only goes forward");
    }
    keep(ahead.plus(by));
  }

  /**
   * Sets the clock to a time that is not before its own.
   *
   * @throws IllegalArgumentException if it is
   */
  public synchronized void set(Instant time) {
    advance(Duration.between(instant(), time));
  }

  private void keep(Duration value) {
    try {
      Files.writeString(file, value.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ahead = value;
  }
}
