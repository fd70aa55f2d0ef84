package dev.microcos.cli;

import java.util.Objects;

/** The process's standard output. */
final class Out {
  private Out() {}

  /** A whole line. */
  static void line(String text) {
    System.out.println(text);
    System.out.flush();
  }

  /** A piece of a line, shown at once. */
  static void piece(String text) {
    System.out.print(text);
    System.out.flush();
  }

  /** Whether a person is at a terminal. */
  static boolean isTerminal() {
    return Objects.requireNonNull(System.console()).isTerminal();
  }
}
