package dev.microcos.core.wire;

/** An envelope of a type or version that this release does not know, though a later one may. */
public final class UnknownTypeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnknownTypeException(String what) {
    super("this release does not know " + what);
  }
}
