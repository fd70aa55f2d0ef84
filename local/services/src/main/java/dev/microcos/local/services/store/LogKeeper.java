package dev.microcos.local.services.store;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;

/**
 * Carries the write-ahead log over into the file, away from the writers: the bulk while they go on,
 * then the short rest while they wait, so that the log stays small. An idle store has an empty log.
 */
final class LogKeeper {

  private static final Logger LOG = System.getLogger(LogKeeper.class.getName());
  private static final long LOOK_NANOS = 250_000_000;
  private static final long IDLE_NANOS = 1_000_000_000;
  private static final long LARGE_BYTES = 16L * 1024 * 1024;

  private final Path log;
  private final GroupCommit commits;
  private final Session session;
  private final Thread thread;
  private volatile boolean open = true;

  LogKeeper(Path file, GroupCommit commits) throws SQLException {
    this.log = file.resolveSibling(file.getFileName() + "-wal");
    this.commits = commits;
    this.session = Session.writer(file);
    this.thread = Thread.ofPlatform().daemon().name("store-log-keeper").start(this::run);
  }

  private void run() {
    while (open) {
      LockSupport.parkNanos(this, LOOK_NANOS);
      try {
        if (open && commits.dirty()) {
          keep();
        }
      } catch (IOException | SQLException | StoreException e) {
        LOG.log(Level.WARNING, "the log could not be carried over; it is tried again", e);
      }
    }
  }

  private void keep() throws IOException, SQLException {
    if (commits.idleNanos() > IDLE_NANOS) {
      scrub();
    } else if (Files.size(log) > LARGE_BYTES) {
      checkpoint("PASSIVE");
      commits.exclusively(() -> checkpoint("RESTART"));
    }
  }

  void scrub() {
    checkpoint("PASSIVE");
    commits.exclusively(() -> {
      checkpoint("TRUNCATE");
      commits.clean();
    });
  }

  private synchronized void checkpoint(String how) {
    try {
      session.run("PRAGMA wal_checkpoint(" + how + ")");
    } catch (SQLException e) {
      throw new StoreException("the log cannot be carried over", e);
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
