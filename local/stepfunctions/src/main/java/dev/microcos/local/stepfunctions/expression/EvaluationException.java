package dev.microcos.local.stepfunctions.expression;

/** An expression has no value that the workflow could use; the state fails by this error. */
public final class EvaluationException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String error;
  private final String location;

  /**
   * A failure with AWS's error name, as {@code States.QueryEvaluationError}, its cause as AWS words
   * it after "An error occurred while executing the state 'X' (entered at the event id #2). ", and
   * the field with the way into it, as {@code Output/result}.
   */
  public EvaluationException(String error, String cause, String location) {
    super(cause, null, false, false);
    this.error = error;
    this.location = location;
  }

  static EvaluationException query(String cause, String location) {
    return new EvaluationException("States.QueryEvaluationError", cause, location);
  }

  /** AWS's name of the error. */
  public String error() {
    return error;
  }

  /** What went wrong, in AWS's words, without the state's name. */
  public String text() {
    return String.valueOf(getMessage());
  }

  /**
   * The field and the way into it, as {@code Output/result}; empty if it is none of the state's.
   */
  public String location() {
    return location;
  }
}
