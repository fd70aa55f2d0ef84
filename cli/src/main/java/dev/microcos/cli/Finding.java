package dev.microcos.cli;

/**
 * One thing that the doctor looked at.
 *
 * @param subject what it is about
 * @param health how it stands
 * @param detail what was found
 * @param next the next step that helps; empty if none is needed
 */
record Finding(String subject, Health health, String detail, String next) {
  /** How a thing stands. */
  enum Health {
    /** As it should be. */
    GOOD,
    /** Works, and could be better. */
    NOTE,
    /** Stops something from working. */
    BAD
  }

  static Finding good(String subject, String detail) {
    return new Finding(subject, Health.GOOD, detail, "");
  }

  static Finding note(String subject, String detail, String next) {
    return new Finding(subject, Health.NOTE, detail, next);
  }

  static Finding bad(String subject, String detail, String next) {
    return new Finding(subject, Health.BAD, detail, next);
  }
}
