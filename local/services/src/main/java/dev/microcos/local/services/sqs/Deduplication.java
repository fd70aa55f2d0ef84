package dev.microcos.local.services.sqs;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a FIFO queue was sent in the last five minutes. That may be a million messages, so memory
 * holds no more than where each of them is on the disk.
 */
final class Deduplication {

  /** The first of several equal sends. */
  record Sent(UUID messageId, long sequence) {}

  /** What the disk knows of sends. */
  @FunctionalInterface
  interface Written {
    /** The send of that sequence number, if it had this key and was sent after that time. */
    Optional<Sent> find(long sequence, DeduplicationKey key, long sentAfterMillis);
  }

  /** A send on its way to the disk, for which equal ones wait. */
  private static final class Claim {
    private boolean settled;
    private @Nullable Sent sent;

    synchronized void settle(@Nullable Sent outcome) {
      sent = outcome;
      settled = true;
      notifyAll();
    }

    /** The send, or empty if it failed. */
    synchronized Optional<Sent> await() {
      boolean interrupted = false;
      while (!settled) {
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

  private final Written written;
  private final SentKeys sentKeys = new SentKeys();
  private final ConcurrentHashMap<DeduplicationKey, Claim> claims = new ConcurrentHashMap<>();

  Deduplication(Written written) {
    this.written = written;
  }

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
    Claim mine = new Claim();
    Claim other = claims.putIfAbsent(key, mine);
    while (other != null) {
      Optional<Sent> sent = other.await();
      if (sent.isPresent()) {
        return sent;
      }
      other = claims.putIfAbsent(key, mine);
    }
    try {
      Optional<Sent> earlier = earlier(key, now - INTERVAL_MILLIS);
      earlier.ifPresent(sent -> settle(key, sent));
      return earlier;
    } catch (RuntimeException e) {
      failed(key);
      throw e;
    }
  }

  private Optional<Sent> earlier(DeduplicationKey key, long sentAfterMillis) {
    long sequence = sentKeys.find(key, sentAfterMillis);
    return sequence == SentKeys.NONE
        ? Optional.empty()
        : written.find(sequence, key, sentAfterMillis);
  }

  /** A claimed send is on the disk. */
  void sent(DeduplicationKey key, Sent sent, long now) {
    restore(key, sent.sequence(), now);
    settle(key, sent);
  }

  /** A claimed send failed; another one may try. */
  void failed(DeduplicationKey key) {
    settle(key, null);
  }

  private void settle(DeduplicationKey key, @Nullable Sent outcome) {
    Claim claim = claims.remove(key);
    if (claim != null) {
      claim.settle(outcome);
    }
  }

  /** Remembers a send that is on the disk. */
  void restore(DeduplicationKey key, long sequence, long sentMillis) {
    sentKeys.add(key, sequence, sentMillis);
  }
}
