package dev.microcos.core.testkit.simulation;

import dev.microcos.core.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A queue as SQS has it: what is received stays until it is deleted, is hidden meanwhile, and comes
 * again when that time is over. Within a group the order is kept and one batch is out at a time.
 */
final class SimulatedQueue {

  private static final Duration DEDUPLICATION = Duration.ofMinutes(5);

  private final TestClock clock;
  private final Duration visibility;
  private final int maxReceives;
  private final List<Letter> letters = new ArrayList<>();
  private final List<Letter> dead = new ArrayList<>();
  private final Map<String, Instant> known = new HashMap<>();
  private int sent;

  SimulatedQueue(TestClock clock, Duration visibility, int maxReceives) {
    this.clock = clock;
    this.visibility = visibility;
    this.maxReceives = maxReceives;
  }

  private static final class Letter {
    final String group;
    final String body;
    int received;
    Instant hiddenUntil = Instant.MIN;

    Letter(String group, String body) {
      this.group = group;
      this.body = body;
    }
  }

  /** One delivery of a message; after a later one of the same it deletes nothing. */
  record Delivery(Object letter, String group, String body, int received) {}

  /** Puts a message behind those of its group. */
  void send(String group, String body) {
    letters.add(new Letter(group, body));
    sent++;
  }

  /** Puts a message behind those of its group, unless it was sent in the last five minutes. */
  void send(String group, String deduplication, String body) {
    Instant now = clock.instant();
    Instant before = known.get(deduplication);
    if (before == null || !now.isBefore(before.plus(DEDUPLICATION))) {
      known.put(deduplication, now);
      send(group, body);
    }
  }

  /** Puts a message into a group of its own, so that it waits for nobody. */
  void send(String body) {
    send("alone " + sent, body);
  }

  /** At most {@code most} messages, in their order. */
  List<Delivery> receive(int most) {
    bury();
    Instant now = clock.instant();
    Set<String> blocked = new HashSet<>();
    List<Delivery> batch = new ArrayList<>();
    for (Letter letter : letters) {
      if (now.isBefore(letter.hiddenUntil)) {
        blocked.add(letter.group);
      } else if (batch.size() < most && !blocked.contains(letter.group)) {
        letter.received++;
        letter.hiddenUntil = now.plus(visibility);
        batch.add(new Delivery(letter, letter.group, letter.body, letter.received));
      }
    }
    return batch;
  }

  void delete(Delivery delivery) {
    letters.removeIf(
        letter -> letter == delivery.letter() && letter.received == delivery.received());
  }

  void hide(Delivery delivery, Duration length) {
    for (Letter letter : letters) {
      if (letter == delivery.letter() && letter.received == delivery.received()) {
        letter.hiddenUntil = clock.instant().plus(length);
      }
    }
  }

  boolean isEmpty() {
    bury();
    return letters.isEmpty();
  }

  /** The groups of what was received too often. */
  List<String> dead() {
    return dead.stream().map(letter -> letter.group).toList();
  }

  /** Hands what was received too often to the queue of dead letters. */
  void bury(SimulatedQueue deadLetters) {
    bury();
    dead.forEach(letter -> deadLetters.send(letter.body));
    dead.clear();
  }

  /** Sends the dead letters once more, but those that somebody has thrown away. */
  void redrive(Predicate<String> thrownAway) {
    for (Letter letter : dead) {
      if (!thrownAway.test(letter.body)) {
        letters.add(new Letter(letter.group, letter.body));
      }
    }
    dead.clear();
  }

  private void bury() {
    Instant now = clock.instant();
    letters.removeIf(letter -> {
      boolean dies = letter.received >= maxReceives && !now.isBefore(letter.hiddenUntil);
      if (dies) {
        dead.add(letter);
      }
      return dies;
    });
  }
}
