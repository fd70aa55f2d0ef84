package dev.microcos.functions.steps;

/**
 * A step did not succeed, and never will. Lambda tells Step Functions the name of this class as the
 * error's name; workflows write {@code Permanent}.
 */
public final class Permanent extends StepFailure {

  private static final long serialVersionUID = 1L;

  /**
   * A failure for good.
   *
   * @param code what kind, for people and programs
   * @param detail what happened, without personal text
   */
  public Permanent(String code, String detail) {
    super(code, detail);
  }
}
