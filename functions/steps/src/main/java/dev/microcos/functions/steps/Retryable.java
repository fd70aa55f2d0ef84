package dev.microcos.functions.steps;

/**
 * A step did not succeed, and may if it is tried again. Lambda tells Step Functions the name of
 * this class as the error's name; workflows write {@code Retryable}.
 */
public final class Retryable extends StepFailure {

  private static final long serialVersionUID = 1L;

  /**
   * A failure that may pass.
   *
   * @param code what kind, for people and programs
   * @param detail what happened, without personal text
   */
  public Retryable(String code, String detail) {
    super(code, detail);
  }
}
