package dev.microcos.local.services.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;

/** One file of tables in a data folder, safe against {@code kill -9}; see the package. */
public final class Store implements AutoCloseable {

  private final Path file;
  private final FolderLock lock;
  private final GroupCommit commits;
  private final LogKeeper keeper;
  private final Deque<Session> readers = new ConcurrentLinkedDeque<>();

  private Store(Path file, FolderLock lock) throws SQLException {
    this.file = file;
    this.lock = lock;
    Session writer = Session.writer(file);
    this.commits = new GroupCommit(writer);
    this.keeper = new LogKeeper(file, commits);
  }

  /**
   * Opens the store of a data folder, making both where they are missing.
   *
   * @throws StoreException if another process uses the folder, or the file cannot be read
   */
  public static Store open(Path folder) {
    try {
      FolderLock lock = FolderLock.take(folder);
      try {
        return new Store(folder.resolve("store.db"), lock);
      } catch (SQLException e) {
        lock.close();
        throw e;
      }
    } catch (IOException | SQLException e) {
      throw new StoreException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Reads what is committed. */
  public <T> T read(Work<T> work) {
    try {
      Session pooled = readers.pollFirst();
      Session session = pooled == null ? Session.reader(file) : pooled;
      try {
        return work.run(session);
      } finally {
        readers.addFirst(session);
      }
    } catch (SQLException e) {
      throw new StoreException("the store cannot be read: " + e.getMessage(), e);
    }
  }

  /** Writes, and returns when that is on the disk. An exception means that nothing was written. */
  public <T> T write(Work<T> work) {
    return write(work, result -> {});
  }

  /**
   * Writes like {@link #write(Work)} and, before it returns, tells the listener; of all writes the
   * listeners are told one at a time in the order of their commits, so they must be quick and must
   * not use the store.
   */
  public <T> T write(Work<T> work, Consumer<? super T> committed) {
    return commits.write(work, committed);
  }

  /**
   * Writes soon: with the next commit, or with one of its own if there is none for a while. A crash
   * before that forgets it. A failure is logged.
   */
  public void writeLater(Work<?> work) {
    commits.writeLater(work);
  }

  /** How often this store has synced to the disk since it was opened; each commit does it once. */
  public long syncs() {
    return commits.syncs();
  }

  /** Truncates the log, so that what was deleted is on the disk no more. */
  public void scrub() {
    keeper.scrub();
  }

  /** Commits what is waiting and gives the folder free. */
  @Override
  public void close() {
    try {
      keeper.close();
      commits.close();
      for (Session reader : readers) {
        reader.close();
      }
      lock.close();
    } catch (IOException | SQLException e) {
      throw new StoreException("the store did not close well: " + e.getMessage(), e);
    }
  }
}
