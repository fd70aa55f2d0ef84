package dev.microcos.local.cloud;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;

/** What was opened, to be closed in the opposite order. */
final class Closing implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Closing.class.getName());

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /** Remembers what was just opened. */
  synchronized <T extends AutoCloseable> T add(T opened) {
    open.push(opened);
    return opened;
  }

  /** Closes all; one that fails is logged and does not keep the others open. */
  @Override
  @SuppressWarnings(
      "try") // what is closed may say that it was interrupted; the rest is closed still
  public synchronized void close() {
    boolean interrupted = false;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (Exception e) {
        LOG.log(Level.WARNING, "a part did not close well", e);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
