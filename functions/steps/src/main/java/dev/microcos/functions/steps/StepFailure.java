package dev.microcos.functions.steps;

import org.jspecify.annotations.Nullable;

/** A step did not succeed. Its class tells Step Functions whether it ever will. */
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
  StepFailure(String code, String detail, @Nullable Throwable cause) {
    super(code + ": " + detail, cause);
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
