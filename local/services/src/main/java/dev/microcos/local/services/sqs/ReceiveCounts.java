package dev.microcos.local.services.sqs;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has receives counted after a restart too, and spares the disk those of messages that are deleted
 * at once, which is nearly all of them.
 */
final class ReceiveCounts {

  private static final long PATIENCE_MILLIS = 200;

  private final QueueStore store;
  private final Map<Long, Queue.Receive> unsaved = new ConcurrentHashMap<>();
  private final AtomicBoolean due = new AtomicBoolean();

  ReceiveCounts(QueueStore store) {
    this.store = store;
  }

  /**
   * Keeps them: soon, or at once where a message has outlived a process already, since it may be
   * what killed that and is to reach the dead-letter queue.
   */
  void received(List<Queue.Receive> receives) {
    if (receives.stream().anyMatch(Queue.Receive::survivor)) {
      store.keepReceives(receives);
      return;
    }
    receives.forEach(receive -> unsaved.put(receive.sequence(), receive));
    if (!receives.isEmpty() && due.compareAndSet(false, true)) {
      CompletableFuture.delayedExecutor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).execute(this::save);
    }
  }

  /** The message is deleted; nobody asks how often it came. */
  void deleted(long sequence) {
    unsaved.remove(sequence);
  }

  private void save() {
    due.set(false);
    List<Queue.Receive> taken = List.copyOf(unsaved.values());
    taken.forEach(receive -> unsaved.remove(receive.sequence(), receive));
    if (!taken.isEmpty()) {
      store.keepReceivesLater(taken);
    }
  }
}
