package dev.microcos.local.services.transport;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** What chance decides. */
@FunctionalInterface
public interface Draw {

  /** A number from 0 up to 1, for the next thing of that name. */
  double next(String name);

  /** Draws that nobody can foretell. */
  static Draw random() {
    return name -> ThreadLocalRandom.current().nextDouble();
  }

  /**
   * Draws that are the same for the same seed: the n-th thing of a name always gets the same
   * number, whatever happens meanwhile under other names.
   */
  static Draw seeded(long seed) {
    Map<String, AtomicLong> drawn = new ConcurrentHashMap<>();
    return name -> {
      long count = drawn.computeIfAbsent(name, _ -> new AtomicLong()).getAndIncrement();
      long start = seed * 31 + name.hashCode();
      return new SplittableRandom(start * 0x9E3779B97F4A7C15L + count).nextDouble();
    };
  }
}
