package dev.microcos.functions.realtime;

/** Somebody was first, or the time is up. */
final class TooLate extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TooLate(String message) {
    super(message, null, false, false);
  }
}
