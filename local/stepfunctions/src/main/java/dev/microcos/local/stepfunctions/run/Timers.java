package dev.microcos.local.stepfunctions.run;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Calls back when a clock says that it is time. The clock may jump; whoever moves it says so by
 * {@link #clockMoved()}. One thread serves all.
 */
public final class Timers implements AutoCloseable {

  private static final long LONGEST_NANOS = Duration.ofMinutes(1).toNanos();

  private record Due(long millis, long number) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = Long.compare(millis, other.millis);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  /** A callback that can be called off. */
  public interface Timer {
    /** Calls it off, unless it is too late. */
    void cancel();
  }

  private final InstantSource clock;
  private final ConcurrentSkipListMap<Due, Runnable> waiting = new ConcurrentSkipListMap<>();
  private final AtomicLong numbers = new AtomicLong();
  private final Thread thread;
  private volatile boolean open = true;

  /** Timers by this clock. */
  public Timers(InstantSource clock) {
    this.clock = clock;
    this.thread = Thread.ofPlatform().daemon().name("stepfunctions-timers").unstarted(this::run);
    thread.start();
  }

  /** Has something called at a time; it must return at once. */
  public Timer at(long millis, Runnable callback) {
    Due due = new Due(millis, numbers.incrementAndGet());
    waiting.put(due, callback);
    if (waiting.firstKey().equals(due)) {
      LockSupport.unpark(thread);
    }
    return () -> waiting.remove(due);
  }

  /** When the next callback is due, in milliseconds since 1970, if one waits. */
  public OptionalLong next() {
    Map.@Nullable Entry<Due, Runnable> first = waiting.firstEntry();
    return first == null ? OptionalLong.empty() : OptionalLong.of(first.getKey().millis());
  }

  /** Looks at the clock again. */
  public void clockMoved() {
    LockSupport.unpark(thread);
  }

  private void run() {
    while (open) {
      Map.@Nullable Entry<Due, Runnable> first = waiting.firstEntry();
      long millis = first == null ? Long.MAX_VALUE : first.getKey().millis() - clock.millis();
      if (first != null && millis <= 0) {
        if (waiting.remove(first.getKey()) != null) {
          first.getValue().run();
        }
      } else {
        LockSupport.parkNanos(
            this, millis > LONGEST_NANOS / 1_000_000 ? LONGEST_NANOS : millis * 1_000_000);
      }
    }
  }

  @Override
  public void close() {
    open = false;
    LockSupport.unpark(thread);
  }
}
