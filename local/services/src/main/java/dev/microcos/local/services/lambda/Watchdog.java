package dev.microcos.local.services.lambda;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Interrupts invocations whose timeout has passed. One thread looks at all of them every 100 ms and
 * sleeps while there are none, so that an invocation costs two entries in a set and no timer. Time
 * here is time that ran, not the local cloud's clock: moving that clock forward by a day must not
 * kill what is running.
 */
public final class Watchdog implements AutoCloseable {

  private static final Duration ROUND = Duration.ofMillis(100);

  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
  private final LongSupplier nanoTime;
  private final Thread thread;
  private volatile boolean asleep;
  private volatile boolean closed;

  /** A watchdog that runs on the machine's monotonic time. */
  public static Watchdog start() {
    Watchdog watchdog = new Watchdog(System::nanoTime);
    watchdog.thread.start();
    return watchdog;
  }

  /** One that a test drives by {@link #round()}; its thread is not started. */
  Watchdog(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.thread = Thread.ofVirtual().name("lambda-timeouts").unstarted(this::run);
  }

  LongSupplier nanoTime() {
    return nanoTime;
  }

  /** Watches the current thread until the watch is closed. */
  Watch watch(long deadlineNanos) {
    Watch watch = new Watch(Thread.currentThread(), deadlineNanos);
    watches.add(watch);
    if (asleep) {
      LockSupport.unpark(thread);
    }
    return watch;
  }

  void round() {
    long now = nanoTime.getAsLong();
    for (Watch watch : watches) {
      if (watch.deadlineNanos - now <= 0) {
        watch.expire();
      }
    }
  }

  private void run() {
    while (!closed) {
      asleep = true;
      if (watches.isEmpty()) {
        LockSupport.park(this);
      }
      asleep = false;
      LockSupport.parkNanos(this, ROUND.toNanos());
      round();
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  /** One watched invocation. */
  final class Watch {
    private final Thread invoker;
    private final long deadlineNanos;
    private boolean done;
    private boolean expired;

    private Watch(Thread invoker, long deadlineNanos) {
      this.invoker = invoker;
      this.deadlineNanos = deadlineNanos;
    }

    private synchronized void expire() {
      if (!done && !expired) {
        expired = true;
        invoker.interrupt();
      }
    }

    /**
     * Ends the watch and says whether the time was up. The interrupt of this watch does not outlive
     * it, so that what the thread does next is not hit by it.
     */
    boolean end() {
      watches.remove(this);
      boolean late;
      synchronized (this) {
        done = true;
        late = expired;
      }
      if (late) {
        Thread.interrupted();
      }
      return late;
    }
  }
}
