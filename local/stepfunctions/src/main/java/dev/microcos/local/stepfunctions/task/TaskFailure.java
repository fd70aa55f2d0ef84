package dev.microcos.local.stepfunctions.task;

/** A service refused or failed a task; becomes the task's error. */
public final class TaskFailure extends Exception {

  private static final long serialVersionUID = 1L;

  private final String error;

  /** A failure by its name, as {@code Lambda.ResourceNotFoundException}, and its cause. */
  public TaskFailure(String error, String cause) {
    super(cause, null, false, false);
    this.error = error;
  }

  /** The error's name. */
  public String error() {
    return error;
  }

  /** The error's cause. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
