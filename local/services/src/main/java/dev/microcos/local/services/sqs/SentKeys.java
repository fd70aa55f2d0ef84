package dev.microcos.local.services.sqs;

import java.util.ArrayDeque;

/**
 * Where on the disk the sends of the last minutes are, by half of their keys: two words each. Of a
 * million sends, some two have the same half with a chance of one in thirty million; the disk knows
 * the whole key.
 */
final class SentKeys {

  /** No sequence number. */
  static final long NONE = 0;

  /** Sends of so long are forgotten together. */
  private static final long SLICE_MILLIS = 30_000;

  private final ArrayDeque<Slice> newestFirst = new ArrayDeque<>();

  synchronized void add(DeduplicationKey key, long sequence, long sentMillis) {
    Slice newest = newestFirst.peekFirst();
    if (newest == null || newest.endMillis <= sentMillis) {
      newest = new Slice(sentMillis + SLICE_MILLIS);
      newestFirst.addFirst(newest);
    }
    newest.put(key.high(), sequence);
  }

  /** The sequence number of the newest send with this key, or {@link #NONE}. */
  synchronized long find(DeduplicationKey key, long sentAfterMillis) {
    while (!newestFirst.isEmpty() && newestFirst.peekLast().endMillis <= sentAfterMillis) {
      newestFirst.removeLast();
    }
    for (Slice slice : newestFirst) {
      long sequence = slice.get(key.high());
      if (sequence != NONE) {
        return sequence;
      }
    }
    return NONE;
  }

  /** A hash table with linear probing: a key and its sequence number side by side. */
  private static final class Slice {
    final long endMillis;
    private long[] words = new long[256];
    private int size;

    Slice(long endMillis) {
      this.endMillis = endMillis;
    }

    long get(long key) {
      return words[place(key) + 1];
    }

    void put(long key, long sequence) {
      int place = place(key);
      if (words[place + 1] == NONE && ++size > words.length * 3 / 8) {
        grow();
        place = place(key);
      }
      words[place] = key;
      words[place + 1] = sequence;
    }

    /** Where the key is, or would be. */
    private int place(long key) {
      int mask = words.length - 1;
      int place = ((int) key * 2) & mask;
      while (words[place + 1] != NONE && words[place] != key) {
        place = (place + 2) & mask;
      }
      return place;
    }

    private void grow() {
      long[] old = words;
      words = new long[old.length * 2];
      for (int i = 0; i < old.length; i += 2) {
        if (old[i + 1] != NONE) {
          int place = place(old[i]);
          words[place] = old[i];
          words[place + 1] = old[i + 1];
        }
      }
    }
  }
}
