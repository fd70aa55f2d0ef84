package dev.microcos.core.domain.log;

import dev.microcos.core.domain.id.EventId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The newest event ids of an aggregate, as keyed 8-byte hashes, so that an envelope that comes
 * again is known. Immutable; kept in chunks, of which the oldest leaves as a whole.
 *
 * <p>A snapshot keeps {@link #newest} alone. In memory a ring grows on to {@link #MOST}: of a busy
 * log, ids may come again that are some minutes old, and to seek each in the log is slow.
 */
public final class Ring {

  /** How many ids are kept at least, once there have been that many. */
  public static final int CAPACITY = 4_096;

  /** How many ids are kept at most: two mebibytes. */
  public static final int MOST = 262_144;

  private static final int CHUNK = 64;

  /** The hashes of the ids that one commit brought, in their order, and when that was. */
  public record Ids(long[] hashes, Instant committedAt) {}

  private final IdKey key;
  private final long[][] chunks;
  private final long[] since;
  private final boolean lost;

  private Ring(IdKey key, long[][] chunks, long[] since, boolean lost) {
    this.key = key;
    this.chunks = chunks;
    this.since = since;
    this.lost = lost;
  }

  /** A ring without ids. */
  public static Ring empty(IdKey key) {
    return new Ring(key, new long[0][], new long[0], false);
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
    return new Ring(key, chunks.clone(), since.clone(), chunks.length > CAPACITY / CHUNK);
  }

  /**
   * A ring of the ids of commits, oldest first.
   *
   * @param lost whether there were others before them
   */
  public static Ring of(IdKey key, List<Ids> commits, boolean lost) {
    int ids = commits.stream().mapToInt(commit -> commit.hashes().length).sum();
    long[][] chunks = new long[(ids + CHUNK - 1) / CHUNK][];
    long[] since = new long[chunks.length];
    int at = 0;
    for (Ids commit : commits) {
      for (long hash : commit.hashes()) {
        int chunk = at / CHUNK;
        if (at % CHUNK == 0) {
          chunks[chunk] = new long[Math.min(CHUNK, ids - at)];
          since[chunk] = commit.committedAt().toEpochMilli();
        }
        chunks[chunk][at % CHUNK] = hash;
        at++;
      }
    }
    return new Ring(key, chunks, since, lost);
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
      return new Ring(key, next, since, lost);
    }
    int from = isAtMost() ? 1 : 0;
    int size = chunks.length - from;
    long[][] next = Arrays.copyOfRange(chunks, from, from + size + 1);
    long[] times = Arrays.copyOfRange(since, from, from + size + 1);
    next[size] = new long[] {hash(id)};
    times[size] = committedAt.toEpochMilli();
    return new Ring(key, next, times, lost || from > 0);
  }

  /** Its newest ids, at least {@link #CAPACITY} if there are that many. */
  public Ring newest() {
    int from = Math.max(0, chunks.length - CAPACITY / CHUNK - 1);
    return from == 0
        ? this
        : new Ring(
            key,
            Arrays.copyOfRange(chunks, from, chunks.length),
            Arrays.copyOfRange(since, from, since.length),
            true);
  }

  /** Whether there were ids before the oldest that is kept, as far as it knows. */
  public boolean hasLost() {
    return lost;
  }

  /** Whether it keeps as many as it may. */
  public boolean isAtMost() {
    return chunks.length >= MOST / CHUNK;
  }

  /** How many ids it keeps. */
  public int size() {
    return chunks.length == 0 ? 0 : (chunks.length - 1) * CHUNK + chunks[chunks.length - 1].length;
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
