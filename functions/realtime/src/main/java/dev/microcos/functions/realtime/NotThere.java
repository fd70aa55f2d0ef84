package dev.microcos.functions.realtime;

/** What a page names is not there, or is another person's. */
final class NotThere extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotThere(String message) {
    super(message, null, false, false);
  }
}
