package dev.microcos.core.application;

import dev.microcos.core.application.port.EventIds;
import java.time.Duration;
import java.time.Instant;

/**
 * The ids of all events of one log back to a time. At first that is what was read; as the log goes
 * on, it is between ten and twenty minutes ago, and less if there are very many.
 */
final class RecentIds {

  private static final Duration KEPT = Duration.ofMinutes(10);

  private LongSet older = new LongSet();
  private LongSet newer = new LongSet();
  private Instant olderSince;
  private Instant newerSince;
  private long upTo;

  RecentIds(EventIds.Ids ids) {
    this.olderSince = ids.since();
    this.newerSince = ids.since();
    this.upTo = ids.upTo();
    add(ids.hashes());
  }

  /** Whether it has the ids of all events that were committed since then. */
  synchronized boolean reaches(Instant since) {
    return !olderSince.isAfter(since);
  }

  synchronized boolean contains(long hash) {
    return newer.contains(hash) || older.contains(hash);
  }

  /** The seq of the newest event whose id it has. */
  synchronized long upTo() {
    return upTo;
  }

  synchronized int size() {
    return newer.size() + older.size();
  }

  /** Whether it has as many as it may. */
  synchronized boolean isFull() {
    return size() >= EventIds.MOST;
  }

  /**
   * Takes in the ids of the events that follow on its newest one.
   *
   * @param now when the newest of them was committed
   */
  synchronized void add(long[] hashes, long last, Instant now) {
    if (newer.size() >= EventIds.MOST || !now.isBefore(newerSince.plus(KEPT))) {
      older = newer;
      olderSince = newerSince;
      newer = new LongSet();
      newerSince = now;
    }
    add(hashes);
    upTo = last;
  }

  private void add(long[] hashes) {
    for (long hash : hashes) {
      newer.add(hash);
    }
  }
}
