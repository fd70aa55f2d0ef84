package dev.microcos.local.cloud;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Removes now and then what has expired; AWS does it "within a few days" of the expiry. */
final class Expiry implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Expiry.class.getName());

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("expiry").factory());

  private Expiry() {}

  /** Removes after each such span of real time, until it is closed. */
  static Expiry every(Duration period, Runnable remove) {
    Expiry expiry = new Expiry();
    long nanos = period.toNanos();
    ScheduledFuture<?> _ =
        expiry.timer.scheduleWithFixedDelay(
            () -> tried(remove), nanos, nanos, TimeUnit.NANOSECONDS);
    return expiry;
  }

  private static void tried(Runnable remove) {
    try {
      remove.run();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "what has expired could not be removed; it is tried again", e);
    }
  }

  /** Returns when nothing is being removed any more. */
  @Override
  public void close() {
    timer.close();
  }
}
