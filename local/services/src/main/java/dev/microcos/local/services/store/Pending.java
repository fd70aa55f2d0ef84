package dev.microcos.local.services.store;

import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A write that waits for its commit. */
final class Pending<T> {

  private final Work<T> work;
  private final Consumer<? super T> committed;
  private final Thread waiter = Thread.currentThread();
  private final long sinceNanos = System.nanoTime();
  private @Nullable T result;
  private @Nullable Exception failure;
  private volatile boolean done;

  Pending(Work<T> work, Consumer<? super T> committed) {
    this.work = work;
    this.committed = committed;
  }

  long ageNanos() {
    return System.nanoTime() - sinceNanos;
  }

  /** Runs the work; false if it failed. */
  boolean run(Session session) {
    try {
      result = work.run(session);
      return true;
    } catch (SQLException | RuntimeException e) {
      failure = e;
      return false;
    }
  }

  void fail(Exception why) {
    failure = why;
  }

  /** Tells who listens for commits, in their order; what a listener throws reaches the caller. */
  void tell() {
    if (failure == null) {
      try {
        committed.accept(kept());
      } catch (RuntimeException e) {
        failure = e;
      }
    }
  }

  Optional<Exception> failure() {
    return Optional.ofNullable(failure);
  }

  void release() {
    done = true;
    LockSupport.unpark(waiter);
  }

  T await() {
    boolean interrupted = false;
    while (!done) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure != null) {
      throw new StoreException("the store failed: " + failure.getMessage(), failure);
    }
    return kept();
  }

  @SuppressWarnings("NullAway") // null only where T is nullable: the work has given it
  private T kept() {
    return result;
  }
}
