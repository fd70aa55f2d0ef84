package dev.microcos.functions.steps;

/**
 * A step did not succeed. Its class tells Step Functions whether it ever will. Lambda hands on the
 * stack trace and the cause of what a function throws, and a workflow that catches the error has
 * them in its state, which its person sees: so it has neither.
 */
abstract sealed class StepFailure extends RuntimeException permits Permanent, Retryable {

  private static final long serialVersionUID = 1L;

  private final String code;
  private final String detail;

  /**
   * A failure.
   *
   * @param code what kind, for people and programs
   * @param detail what happened, without personal text
   */
  StepFailure(String code, String detail) {
    super(code + ": " + detail, null, false, false);
    this.code = code;
    this.detail = detail;
  }

  String code() {
    return code;
  }

  String detail() {
    return detail;
  }
}
