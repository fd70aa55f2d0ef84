package dev.microcos.local.stepfunctions.run;

/** A request is refused, by AWS's name of the error and in AWS's words. */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String type;

  /** A refusal by the error's name, as {@code ExecutionAlreadyExists}, and a message. */
  public Refusal(String type, String message) {
    super(message, null, false, false);
    this.type = type;
  }

  /** The error's name. */
  public String type() {
    return type;
  }

  /** The message. */
  public String text() {
    return String.valueOf(getMessage());
  }

  static Refusal noExecution(String arn) {
    return new Refusal("ExecutionDoesNotExist", "Execution Does Not Exist: '" + arn + "'");
  }

  static Refusal taskGone() {
    return new Refusal("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");
  }

  static Refusal noTask() {
    return new Refusal("TaskDoesNotExist", "Task Does Not Exist: 'Provided task does not exist'");
  }

  static Refusal invalidToken() {
    return new Refusal("InvalidToken", "Invalid Token: 'Invalid token'");
  }
}
