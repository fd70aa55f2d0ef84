package dev.microcos.local.services.sqs;

import dev.microcos.local.services.sqs.Held.Place;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * The index of one queue in memory: who waits, who is in flight, whose turn it is. It knows nothing
 * of the disk.
 */
final class Queue {

  /** What a receive took out: for the receiver, for the dead-letter queue, and past its time. */
  record Taken(
      List<ReceivedMessage> messages, List<Receive> receives, List<Held> dead, List<Held> expired) {
    boolean isEmpty() {
      return messages.isEmpty() && dead.isEmpty() && expired.isEmpty();
    }
  }

  /**
   * That a message was received.
   *
   * @param count how many times by now
   * @param survivor whether it was there already when the process started
   */
  record Receive(long sequence, int count, long firstMillis, boolean survivor) {}

  /** How many messages wait, are in flight, are delayed. */
  record Counts(int visible, int inFlight, int delayed) {}

  final long id;
  final String name;
  final long createdMillis;
  final Deduplication deduplication;
  volatile QueueSettings settings;
  volatile long modifiedMillis;

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Map<String, Group> groups = new HashMap<>();
  private final ArrayDeque<Group> turns = new ArrayDeque<>();
  private final Map<Long, Held> messages = new HashMap<>();

  /** Who is delayed or in flight, in the order in which they become visible. */
  private final TreeSet<Held> hidden =
      new TreeSet<>(
          Comparator.<Held>comparingLong(held -> held.visibleMillis)
              .thenComparingLong(held -> held.sequence));

  private boolean deleted;

  Queue(
      long id,
      String name,
      QueueSettings settings,
      long createdMillis,
      Deduplication deduplication,
      InstantSource clock) {
    this.id = id;
    this.name = name;
    this.settings = settings;
    this.createdMillis = createdMillis;
    this.modifiedMillis = createdMillis;
    this.clock = clock;
    this.deduplication = deduplication;
  }

  /** Takes in messages that are on the disk. */
  void add(Collection<Held> arriving) {
    locked(() -> {
      long now = clock.millis();
      for (Held held : arriving) {
        messages.put(held.sequence, held);
        if (held.visibleMillis > now) {
          hidden.add(held);
        } else {
          makeVisible(held);
        }
      }
      return arriving.size();
    });
  }

  /**
   * Receives, waiting until there is something; nothing if the wait ends or the queue is deleted.
   */
  Taken receive(int most, long waitNanos, int visibilitySeconds) throws InterruptedException {
    long until = System.nanoTime() + waitNanos;
    lock.lockInterruptibly();
    try {
      while (true) {
        long now = clock.millis();
        Taken taken = take(most, now, visibilitySeconds);
        long left = until - System.nanoTime();
        if (!taken.isEmpty() || left <= 0 || deleted) {
          return taken;
        }
        long untilNext =
            hidden.isEmpty()
                ? Long.MAX_VALUE
                : TimeUnit.MILLISECONDS.toNanos(Math.max(1, hidden.first().visibleMillis - now));
        long _ = arrived.awaitNanos(Math.min(left, untilNext));
      }
    } finally {
      lock.unlock();
    }
  }

  private Taken take(int most, long now, int visibilitySeconds) {
    Taken taken =
        new Taken(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    wakeUntil(now);
    boolean fifo = settings.fifo();
    while (taken.messages().size() < most && !turns.isEmpty()) {
      Group group = turns.removeFirst();
      group.hasTurn = false;
      do {
        if (group.waiting.isEmpty()) {
          break;
        }
        Held held = group.waiting.pollFirstEntry().getValue();
        takeOne(held, group, now, visibilitySeconds, taken);
      } while (fifo && taken.messages().size() < most);
      settle(group);
    }
    if (!turns.isEmpty()) {
      arrived.signal();
    }
    return taken;
  }

  private void takeOne(Held held, Group group, long now, int visibilitySeconds, Taken taken) {
    Optional<QueueSettings.Redrive> redrive = settings.redrive();
    if (held.message.sentMillis() + settings.retentionMillis() <= now) {
      forget(held);
      taken.expired().add(held);
    } else if (redrive.isPresent() && held.receiveCount >= redrive.get().maxReceiveCount()) {
      forget(held);
      taken.dead().add(held);
    } else {
      held.receiveCount++;
      held.firstReceivedMillis = held.firstReceivedMillis == 0 ? now : held.firstReceivedMillis;
      held.place = Place.IN_FLIGHT;
      held.visibleMillis = now + visibilitySeconds * 1_000L;
      String handle = ReceiptHandle.next(held.sequence);
      held.receiptHandle = handle;
      group.inFlight++;
      hidden.add(held);
      taken.messages().add(held.received(handle, settings.fifo()));
      taken
          .receives()
          .add(
              new Receive(
                  held.sequence, held.receiveCount, held.firstReceivedMillis, held.survivor));
    }
  }

  /** Takes a message out for good; what it was, or nothing if the handle's time is over. */
  Optional<Held> delete(String handle) {
    long sequence = ReceiptHandle.sequence(handle);
    return locked(() -> {
      wakeUntil(clock.millis());
      Held held = messages.get(sequence);
      if (held == null || !handle.equals(held.receiptHandle)) {
        return Optional.<Held>empty();
      }
      if (held.place != Place.IN_FLIGHT && settings.fifo()) {
        throw expired(handle);
      }
      Group group = group(held);
      if (held.place == Place.IN_FLIGHT) {
        group.inFlight--;
      }
      group.waiting.remove(sequence);
      forget(held);
      settle(group);
      return Optional.of(held);
    });
  }

  /** Lets a message in flight be invisible for so long from now on. */
  void changeVisibility(String handle, int seconds) {
    long sequence = ReceiptHandle.sequence(handle);
    int _ =
        locked(() -> {
          long now = clock.millis();
          wakeUntil(now);
          Held held = messages.get(sequence);
          if (held == null || !handle.equals(held.receiptHandle)) {
            throw expired(handle);
          }
          if (held.place != Place.IN_FLIGHT) {
            throw SqsRefusal.notInFlight();
          }
          hidden.remove(held);
          held.visibleMillis = now + seconds * 1_000L;
          hidden.add(held);
          wakeUntil(now);
          return 0;
        });
  }

  private static SqsRefusal expired(String handle) {
    return SqsRefusal.invalid(
        "Value "
            + handle
            + " for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.");
  }

  /** Takes every message out. */
  void clear() {
    int _ =
        locked(() -> {
          messages.values().forEach(held -> held.place = Place.GONE);
          messages.clear();
          groups.clear();
          turns.clear();
          hidden.clear();
          return 0;
        });
  }

  /** Empties the queue and sends away who waits. */
  void close() {
    clear();
    int _ =
        locked(() -> {
          deleted = true;
          arrived.signalAll();
          return 0;
        });
  }

  /** Looks at the clock again, since it may have jumped. */
  void wakeUp() {
    int _ =
        locked(() -> {
          wakeUntil(clock.millis());
          arrived.signalAll();
          return 0;
        });
  }

  Counts counts() {
    return locked(() -> {
      wakeUntil(clock.millis());
      ToIntFunction<Place> count =
          place -> (int) messages.values().stream().filter(h -> h.place == place).count();
      return new Counts(
          count.applyAsInt(Place.WAITING),
          count.applyAsInt(Place.IN_FLIGHT),
          count.applyAsInt(Place.DELAYED));
    });
  }

  /** Makes visible whose time has come. */
  private void wakeUntil(long now) {
    while (!hidden.isEmpty() && hidden.first().visibleMillis <= now) {
      makeVisible(hidden.pollFirst());
    }
  }

  private void makeVisible(Held held) {
    Group group = group(held);
    if (held.place == Place.IN_FLIGHT) {
      group.inFlight--;
    }
    held.place = Place.WAITING;
    group.waiting.put(held.sequence, held);
    settle(group);
  }

  private Group group(Held held) {
    return groups.computeIfAbsent(held.group(), Group::new);
  }

  private void forget(Held held) {
    hidden.remove(held);
    held.place = Place.GONE;
    messages.remove(held.sequence);
  }

  /** Gives a group its turn, if it may have one; drops it when nothing of it is left. */
  private void settle(Group group) {
    if (group.isEmpty()) {
      groups.remove(group.name, group);
    } else if (!group.hasTurn
        && !group.waiting.isEmpty()
        && (group.inFlight == 0 || !settings.fifo())) {
      group.hasTurn = true;
      turns.addLast(group);
      arrived.signal();
    }
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}
