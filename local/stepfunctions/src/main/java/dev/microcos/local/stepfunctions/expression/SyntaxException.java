package dev.microcos.local.stepfunctions.expression;

/** A text is no expression of JSONata as AWS speaks it; the message says why, in AWS's words. */
public final class SyntaxException extends Exception {

  private static final long serialVersionUID = 1L;

  SyntaxException(String message) {
    super(message, null, false, false);
  }

  /** The reason. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
