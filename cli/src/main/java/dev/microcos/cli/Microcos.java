package dev.microcos.cli;

/** The command's entry. */
public final class Microcos {
  private Microcos() {}

  /** Runs the command. */
  public static void main(String[] arguments) {
    System.out.println("hello " + String.join(" ", arguments));
  }
}
