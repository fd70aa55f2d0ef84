package dev.microcos.core.application.port;

/** An execution will never start, however often it is tried. */
public final class ExecutionRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * A refusal.
   *
   * @param code its name, as the engine has it
   */
  public ExecutionRefused(String code, Throwable cause) {
    super(code, cause);
  }
}
