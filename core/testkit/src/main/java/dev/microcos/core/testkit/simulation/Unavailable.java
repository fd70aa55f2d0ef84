package dev.microcos.core.testkit.simulation;

/** A call that failed, or whose answer was lost; the caller cannot tell which. */
final class Unavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Unavailable(String call) {
    super(call + " gave no answer");
  }
}
