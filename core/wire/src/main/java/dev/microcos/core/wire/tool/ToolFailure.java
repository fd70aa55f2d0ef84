package dev.microcos.core.wire.tool;

/** A tool did not do what it was asked for. */
public final class ToolFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;
  private final boolean passing;

  /**
   * A failure.
   *
   * @param code what kind, for people and programs: {@code invalid_arguments}, {@code timeout}…
   * @param detail what happened, without personal text
   * @param passing whether trying again may help
   */
  public ToolFailure(String code, String detail, boolean passing) {
    super(detail);
    this.code = code;
    this.passing = passing;
  }

  /** What kind of failure. */
  public String code() {
    return code;
  }

  /** What happened. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  /** Whether trying again may help. */
  public boolean isPassing() {
    return passing;
  }
}
