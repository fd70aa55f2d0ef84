package dev.microcos.local.services.bedrock.model;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Counts what was read and waits until the next is due. Times are counted from the beginning, so
 * that a slow receiver does not make a slow answer slower.
 */
final class PacedReader {

  private final Pace pace;
  private final long began = System.nanoTime();
  private int index;

  PacedReader(Pace pace) {
    this.pace = pace;
  }

  int index() {
    return index;
  }

  void advance() {
    index++;
  }

  /** Waits until the next token is due; false if it is not within {@code patience}. */
  boolean awaitDue(Duration patience) throws InterruptedException {
    long wait = pace.due(index).toNanos() - (System.nanoTime() - began);
    if (wait > 0) {
      TimeUnit.NANOSECONDS.sleep(Math.min(wait, patience.toNanos()));
    }
    return wait <= patience.toNanos();
  }
}
