package dev.microcos.bench;

import java.util.SplittableRandom;

/**
 * Makes the actions of one client: UUIDv7 ids and bodies of exactly one kilobyte with words in
 * them. The words follow the seed; the ids follow the clock as well.
 */
final class Actions {
  /** The length of a task's body in bytes. */
  static final int BODY_BYTES = 1024;

  private static final String[] WORDS = {
    "call", "dentist", "report", "before", "noon", "review", "with", "Anna", "budget", "travel",
    "Lisbon", "tickets", "renew", "passport", "ask", "about", "the", "venue", "for", "Thursday"
  };

  private final SplittableRandom random;
  private final String words;

  Actions(long seed) {
    random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder(3 * BODY_BYTES);
    while (text.length() < 2 * BODY_BYTES) {
      text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
    }
    words = text.toString();
  }

  /** A new UUIDv7 of now. */
  String nextId() {
    long high = System.currentTimeMillis() << 16 | 0x7000 | random.nextInt(1 << 12);
    long low = 0x8000_0000_0000_0000L | random.nextLong() >>> 2;
    return new java.util.UUID(high, low).toString();
  }

  /** The body of a task with that action id, one kilobyte long. */
  String task(String clientActionId) {
    String head = "{\"client_action_id\":\"" + clientActionId + "\",\"title\":\"";
    String middle = "\",\"notes\":\"";
    int title = random.nextInt(BODY_BYTES);
    int rest = BODY_BYTES - head.length() - 24 - middle.length() - 2;
    int notes = random.nextInt(BODY_BYTES);
    return head
        + words.substring(title, title + 24).replace(' ', '-')
        + middle
        + words.substring(notes, notes + rest)
        + "\"}";
  }
}
