package dev.microcos.core.application.port;

/** The model gave no answer, or no whole one. */
public final class ModelFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;
  private final boolean passing;

  /**
   * A failure.
   *
   * @param code what kind, for people and programs: {@code throttled}, {@code cut}, {@code silent}…
   * @param detail what happened, without personal text
   * @param passing whether trying again may help
   */
  public ModelFailure(String code, String detail, boolean passing) {
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
