package dev.microcos.cli;

/** What a command could not do, with the exit code it gives and the next step that helps. */
final class Failure extends RuntimeException {
  /** The request or the run failed. */
  static final int FAILED = 1;

  /** The command was used wrongly. */
  static final int WRONG_USE = 2;

  /** Nothing answers at the target. */
  static final int UNREACHABLE = 3;

  private final int code;
  private final String next;

  private Failure(int code, String what, String next) {
    super(what);
    this.code = code;
    this.next = next;
  }

  static Failure failed(String what, String next) {
    return new Failure(FAILED, what, next);
  }

  static Failure wrongUse(String what, String next) {
    return new Failure(WRONG_USE, what, next);
  }

  static Failure unreachable(String what, String next) {
    return new Failure(UNREACHABLE, what, next);
  }

  /** The exit code of the process. */
  int code() {
    return code;
  }

  /** The command or flag that helps. */
  String next() {
    return next;
  }

  /** What went wrong. */
  String what() {
    String message = getMessage();
    return message == null ? "failed" : message;
  }
}
