package dev.microcos.core.testkit.simulation;

/** A process dies. An error, so that nothing between the call and the process's end sees it. */
final class Crash extends Error {

  private static final long serialVersionUID = 1L;

  Crash(String where) {
    super(where, null, false, false);
  }
}
