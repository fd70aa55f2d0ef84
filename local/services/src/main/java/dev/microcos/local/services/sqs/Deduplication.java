package dev.microcos.local.services.sqs;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** What a FIFO queue was sent in the last five minutes; small, since that may be a million. */
final class Deduplication {

  /** The first of several equal sends. */
  record Sent(UUID messageId, long sequence) {}

  /** A claim, then the send that it became. */
  private static final class Entry {
    final DeduplicationKey key;
    final long millis;
    @Nullable Sent sent;
    boolean failed;

    Entry(DeduplicationKey key, long millis) {
      this.key = key;
      this.millis = millis;
    }

    synchronized void settle(@Nullable Sent outcome) {
      sent = outcome;
      failed = outcome == null;
      notifyAll();
    }

    /** The send, or empty if it failed. */
    synchronized Optional<Sent> await() {
      boolean interrupted = false;
      while (sent == null && !failed) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return Optional.ofNullable(sent);
    }
  }

  /** AWS: "within the 5-minute deduplication interval". */
  static final long INTERVAL_MILLIS = Duration.ofMinutes(5).toMillis();

  private final ConcurrentHashMap<DeduplicationKey, Entry> entries = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Entry> byAge = new ConcurrentLinkedQueue<>();

  /** The id that AWS takes where a queue deduplicates by content: the body's SHA-256. */
  static String contentId(String body) {
    return HexFormat.of()
        .formatHex(DeduplicationKey.sha256().digest(body.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Claims a key for a send that is to come. Empty if the claim is won; else the earlier send, once
   * that is on the disk.
   */
  Optional<Sent> claim(DeduplicationKey key, long now) {
    forgetUntil(now - INTERVAL_MILLIS);
    Entry mine = new Entry(key, now);
    while (true) {
      Entry earlier = entries.putIfAbsent(key, mine);
      if (earlier == null) {
        byAge.add(mine);
        return Optional.empty();
      }
      if (earlier.millis > now - INTERVAL_MILLIS) {
        Optional<Sent> sent = earlier.await();
        if (sent.isPresent()) {
          return sent;
        }
      }
      entries.remove(key, earlier);
    }
  }

  /** A claimed send is on the disk. */
  void sent(DeduplicationKey key, Sent sent) {
    Entry entry = entries.get(key);
    if (entry != null) {
      entry.settle(sent);
    }
  }

  /** A claimed send failed; another one may try. */
  void failed(DeduplicationKey key) {
    Entry entry = entries.remove(key);
    if (entry != null) {
      entry.settle(null);
    }
  }

  /** Remembers a send that was read from the disk. */
  void restore(DeduplicationKey key, Sent sent, long millis) {
    Entry entry = new Entry(key, millis);
    entry.settle(sent);
    entries.put(key, entry);
    byAge.add(entry);
  }

  private void forgetUntil(long millis) {
    Entry oldest = byAge.peek();
    while (oldest != null && oldest.millis <= millis) {
      if (byAge.remove(oldest)) {
        entries.remove(oldest.key, oldest);
      }
      oldest = byAge.peek();
    }
  }
}
