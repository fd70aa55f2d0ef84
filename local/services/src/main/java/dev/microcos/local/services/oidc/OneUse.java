package dev.microcos.local.services.oidc;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Random secrets that stand for something once, for a while. A used one is remembered, so that
 * using it again shows: whoever holds a copy is then known to exist. In memory; a restart forgets
 * all.
 */
final class OneUse<T> {

  private static final int KEPT = 10_000;
  private static final int BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final ReentrantLock lock = new ReentrantLock();
  private final Duration life;
  private final InstantSource clock;
  private final Map<String, Held<T>> entries =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Held<T>> eldest) {
          return size() > KEPT;
        }
      };

  OneUse(Duration life, InstantSource clock) {
    this.life = life;
    this.clock = clock;
  }

  private record Held<T>(T value, Instant expires, boolean used) {}

  /** What came of redeeming a secret. */
  sealed interface Redeemed<T> {
    /** The first use, in time. */
    record First<T>(T value) implements Redeemed<T> {}

    /** It was used before. */
    record Again<T>(T value) implements Redeemed<T> {}

    /** It is not known or too old. */
    record Unknown<T>() implements Redeemed<T> {}
  }

  String issue(T value) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    lock.lock();
    try {
      entries.put(secret, new Held<>(value, clock.instant().plus(life), false));
    } finally {
      lock.unlock();
    }
    return secret;
  }

  /** What the secret stands for, without using it up. */
  Optional<T> peek(String secret) {
    lock.lock();
    try {
      return Optional.ofNullable(entries.get(secret)).map(Held::value);
    } finally {
      lock.unlock();
    }
  }

  Redeemed<T> redeem(String secret) {
    lock.lock();
    try {
      Held<T> entry = entries.get(secret);
      if (entry == null || !entry.expires().isAfter(clock.instant())) {
        return new Redeemed.Unknown<>();
      }
      if (entry.used()) {
        return new Redeemed.Again<>(entry.value());
      }
      entries.put(secret, new Held<>(entry.value(), entry.expires(), true));
      return new Redeemed.First<>(entry.value());
    } finally {
      lock.unlock();
    }
  }

  void revoke(Predicate<T> which) {
    lock.lock();
    try {
      entries.values().removeIf(entry -> which.test(entry.value()));
    } finally {
      lock.unlock();
    }
  }
}
