package dev.microcos.local.stepfunctions.expression;

/** An expression has no value that the workflow could use; the state fails by this error. */
public final class EvaluationException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String error;

  /** A failure with AWS's error name, as {@code States.QueryEvaluationError}, and its cause. */
  public EvaluationException(String error, String cause) {
    super(cause, null, false, false);
    this.error = error;
  }

  /** AWS's name of the error. */
  public String error() {
    return error;
  }

  /** What went wrong, in AWS's words. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
