package dev.microcos.core.application;

/** A request that no repetition makes right. */
public final class InvalidRequest extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String pointer;

  /**
   * A fault.
   *
   * @param pointer JSON Pointer (RFC 6901) of the field
   * @param detail what is wrong and what would be right
   */
  public InvalidRequest(String pointer, String detail) {
    super(detail);
    this.pointer = pointer;
  }

  /** JSON Pointer of the field. */
  public String pointer() {
    return pointer;
  }

  /** What is wrong with it. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
