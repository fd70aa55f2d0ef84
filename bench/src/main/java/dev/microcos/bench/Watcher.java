package dev.microcos.bench;

/** Sees what arrives on a person's socket, in the thread that reads it. */
interface Watcher {
  /** Looks away. */
  Watcher NOBODY = new Watcher() {};

  /** A piece of an answer arrived at that {@link System#nanoTime}. */
  default void token(Frame.Token token, long nanos) {}

  /** An event arrived at that {@link System#nanoTime}. */
  default void event(Frame.Event event, long nanos) {}
}
