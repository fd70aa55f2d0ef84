package dev.microcos.local.services.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one writer. Whoever holds {@code turn} commits all that waits with one fsync: a caller on its
 * own thread while it is alone, which spares two changes of thread; the writer thread as soon as
 * callers wait side by side.
 */
final class GroupCommit {

  private static final Logger LOG = System.getLogger(GroupCommit.class.getName());

  /** How long a write that nobody waits for may wait for one that somebody does. */
  private static final long LATER_NANOS = 50_000_000;

  private static final int MOST_AT_ONCE = 512;

  private final Session session;
  private final ReentrantLock turn = new ReentrantLock();
  private final ConcurrentLinkedQueue<Pending<?>> waiting = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Pending<?>> later = new ConcurrentLinkedQueue<>();
  private final LongAdder syncs = new LongAdder();
  private final Thread thread;
  private volatile long lastCommitNanos = System.nanoTime();
  private volatile boolean dirty;
  private volatile boolean crowded;
  private volatile boolean open = true;

  GroupCommit(Session session) {
    this.session = session;
    this.thread = Thread.ofPlatform().daemon().name("store-writer").start(this::run);
  }

  <T> T write(Work<T> work, Consumer<? super T> committed) {
    if (!open) {
      throw new IllegalStateException("the store is closed");
    }
    Pending<T> pending = new Pending<>(work, committed);
    waiting.add(pending);
    if (!crowded && turn.tryLock()) {
      try {
        commitWaiting();
      } finally {
        turn.unlock();
      }
      if (!waiting.isEmpty()) {
        LockSupport.unpark(thread);
      }
    } else {
      LockSupport.unpark(thread);
    }
    return pending.await();
  }

  void writeLater(Work<?> work) {
    boolean first = later.isEmpty();
    later.add(new Pending<>(work, result -> {}));
    if (first) {
      LockSupport.unpark(thread);
    }
  }

  /** Runs something while nobody writes. */
  void exclusively(Runnable action) {
    turn.lock();
    try {
      action.run();
    } finally {
      turn.unlock();
    }
  }

  /** How often something was committed, each time with one sync. */
  long syncs() {
    return syncs.sum();
  }

  boolean dirty() {
    return dirty;
  }

  void clean() {
    dirty = false;
  }

  long idleNanos() {
    return System.nanoTime() - lastCommitNanos;
  }

  private void run() {
    while (open || !waiting.isEmpty() || !later.isEmpty()) {
      Pending<?> lazy = later.peek();
      long patience = lazy == null ? Long.MAX_VALUE : LATER_NANOS - lazy.ageNanos();
      if (!waiting.isEmpty() || patience <= 0 || (lazy != null && !open)) {
        exclusively(this::commitWaiting);
      } else if (lazy == null) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, patience);
      }
    }
  }

  private void commitWaiting() {
    List<Pending<?>> batch = new ArrayList<>();
    drain(waiting, batch);
    crowded = batch.size() > 1;
    int awaited = batch.size();
    drain(later, batch);
    if (batch.isEmpty()) {
      return;
    }
    commit(batch);
    batch.forEach(Pending::tell);
    for (Pending<?> lazy : batch.subList(awaited, batch.size())) {
      lazy.failure()
          .ifPresent(e -> LOG.log(Level.WARNING, "a write that nobody waited for failed", e));
    }
    batch.forEach(Pending::release);
  }

  private static void drain(ConcurrentLinkedQueue<Pending<?>> from, List<Pending<?>> into) {
    for (int i = 0; i < MOST_AT_ONCE; i++) {
      Pending<?> next = from.poll();
      if (next == null) {
        return;
      }
      into.add(next);
    }
  }

  /** Commits all that do not fail; one that does is taken out and the others are run again. */
  private void commit(List<Pending<?>> batch) {
    List<Pending<?>> todo = new ArrayList<>(batch);
    try {
      while (!todo.isEmpty()) {
        session.run("BEGIN IMMEDIATE");
        Pending<?> failed = runAll(todo);
        if (failed == null) {
          session.run("COMMIT");
          syncs.increment();
          todo.clear();
        } else {
          session.run("ROLLBACK");
          todo.remove(failed);
        }
      }
    } catch (SQLException e) {
      StoreException failure = new StoreException("the store cannot be written", e);
      todo.forEach(pending -> pending.fail(failure));
      rollback();
    }
    lastCommitNanos = System.nanoTime();
    dirty = true;
  }

  private @Nullable Pending<?> runAll(List<Pending<?>> todo) {
    for (Pending<?> pending : todo) {
      if (!pending.run(session)) {
        return pending;
      }
    }
    return null;
  }

  private void rollback() {
    try {
      session.run("ROLLBACK");
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "nothing to roll back", e);
    }
  }

  void close() throws SQLException {
    open = false;
    LockSupport.unpark(thread);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    session.close();
  }
}
