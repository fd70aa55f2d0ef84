package dev.microcos.cli;

import java.io.Console;

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

  /** Whether a person is at a terminal; since JDK 25 there is no console again where none is. */
  @SuppressWarnings("SystemConsoleNull")
  static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
