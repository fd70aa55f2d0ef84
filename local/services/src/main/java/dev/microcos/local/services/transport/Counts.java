package dev.microcos.local.services.transport;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often each operation of each service was called; the cost model is fed from it. */
public final class Counts {

  private final Map<String, Map<String, LongAdder>> calls = new ConcurrentHashMap<>();

  /** Adds one call. */
  public void add(String service, String operation) {
    calls
        .computeIfAbsent(service, s -> new ConcurrentHashMap<>())
        .computeIfAbsent(operation, o -> new LongAdder())
        .increment();
  }

  /** The calls so far, by service, then by operation, both sorted by name. */
  public Map<String, Map<String, Long>> snapshot() {
    Map<String, Map<String, Long>> copy = new TreeMap<>();
    calls.forEach((service, operations) -> {
      Map<String, Long> counted = new TreeMap<>();
      operations.forEach((operation, count) -> counted.put(operation, count.sum()));
      copy.put(service, counted);
    });
    return copy;
  }

  /** Begins again at zero. */
  public void reset() {
    calls.clear();
  }
}
