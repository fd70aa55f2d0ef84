package dev.microcos.local.stepfunctions.definition;

/**
 * What is wrong with a definition: AWS's code of the diagnostic, where, as {@code
 * /States/Ask/TimeoutSeconds}, and why.
 */
public record Fault(String code, String path, String detail) {

  static final String SCHEMA = "SCHEMA_VALIDATION_FAILED";
  static final String TARGET = "MISSING_TRANSITION_TARGET";
  static final String END = "MISSING_END_STATE";
  static final String UNREADABLE_EXPRESSION = "INVALID_JSONATA_EXPRESSION";
  static final String UNSUPPORTED_EXPRESSION = "UNSUPPORTED_JSONATA_EXPRESSION";

  /** A fault of shape. */
  public Fault(String path, String detail) {
    this(SCHEMA, path, detail);
  }

  /** As AWS writes it into one line. */
  @Override
  public String toString() {
    return code + ": " + detail + " at " + path;
  }
}
