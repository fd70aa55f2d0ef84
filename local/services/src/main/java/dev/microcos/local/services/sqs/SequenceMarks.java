package dev.microcos.local.services.sqs;

import java.util.ArrayDeque;

/**
 * Which sequence number had been given at which time, so that what is older than a time can be
 * deleted from one end of the table.
 */
final class SequenceMarks {

  private static final long EVERY_MILLIS = 1_000;

  private record Mark(long millis, long sequence) {}

  private final ArrayDeque<Mark> marks = new ArrayDeque<>();
  private long passed;

  /** Of the numbers up to this one nothing is known but that they were given. */
  SequenceMarks(long sequence) {
    this.passed = sequence;
  }

  /** Whether it is time for the next mark. */
  synchronized boolean isDue(long now) {
    return marks.isEmpty() || now - marks.peekLast().millis() >= EVERY_MILLIS;
  }

  /**
   * A sequence number up to which all were given before a time, or as good as all: if the clock has
   * jumped over that time, the last one.
   *
   * @param sequence the last one that was given by now
   */
  synchronized long until(long millis, long now, long sequence) {
    if (!marks.isEmpty() && marks.peekLast().millis() <= millis) {
      marks.clear();
      passed = sequence;
    }
    marks.addLast(new Mark(now, sequence));
    while (marks.peekFirst().millis() <= millis) {
      passed = marks.removeFirst().sequence();
    }
    return passed;
  }
}
