package dev.microcos.core.domain.log;

import dev.microcos.core.domain.id.EventId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * The newest event ids of an aggregate, as keyed 8-byte hashes, so that an envelope that comes
 * again is known. Immutable; kept in chunks, of which the oldest leaves as a whole.
 */
public final class Ring {

  /** How many ids are kept at least, once there have been that many. */
  public static final int CAPACITY = 4_096;

  private static final int CHUNK = 64;

  private final IdKey key;
  private final long[][] chunks;
  private final long[] since;

  private Ring(IdKey key, long[][] chunks, long[] since) {
    this.key = key;
    this.chunks = chunks;
    this.since = since;
  }

  /** A ring without ids. */
  public static Ring empty(IdKey key) {
    return new Ring(key, new long[0][], new long[0]);
  }

  /**
   * A ring from what {@link #chunks} and {@link #since} gave.
   *
   * @param since commit time of each chunk's first id, in milliseconds of the epoch
   */
  public static Ring of(IdKey key, long[][] chunks, long[] since) {
    if (chunks.length != since.length) {
      throw new IllegalArgumentException("each chunk needs its time");
    }
    return new Ring(key, chunks.clone(), since.clone());
  }

  /** Whether the id is among the kept ones. */
  public boolean contains(EventId id) {
    long hash = hash(id);
    for (int i = chunks.length - 1; i >= 0; i--) {
      for (long kept : chunks[i]) {
        if (kept == hash) {
          return true;
        }
      }
    }
    return false;
  }

  /** This ring and one more id, committed at the given time. */
  public Ring with(EventId id, Instant committedAt) {
    int last = chunks.length - 1;
    if (last >= 0 && chunks[last].length < CHUNK) {
      long[] chunk = Arrays.copyOf(chunks[last], chunks[last].length + 1);
      chunk[chunk.length - 1] = hash(id);
      long[][] next = chunks.clone();
      next[last] = chunk;
      return new Ring(key, next, since);
    }
    int from = chunks.length > CAPACITY / CHUNK ? 1 : 0;
    int size = chunks.length - from;
    long[][] next = Arrays.copyOfRange(chunks, from, from + size + 1);
    long[] times = Arrays.copyOfRange(since, from, from + size + 1);
    next[size] = new long[] {hash(id)};
    times[size] = committedAt.toEpochMilli();
    return new Ring(key, next, times);
  }

  /** Whether ids have left it already, or are about to. */
  public boolean isFull() {
    return chunks.length > CAPACITY / CHUNK;
  }

  /** The commit time of the oldest id that is kept. */
  public Optional<Instant> oldest() {
    return since.length == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(since[0]));
  }

  /** The key of the hashes. */
  public IdKey key() {
    return key;
  }

  /** The hashes in the order in which they came, in chunks. */
  public long[][] chunks() {
    return chunks.clone();
  }

  /** The commit time of each chunk's first id, in milliseconds of the epoch. */
  public long[] since() {
    return since.clone();
  }

  private long hash(EventId id) {
    UUID uuid = id.uuid();
    return key.hash(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
  }
}
