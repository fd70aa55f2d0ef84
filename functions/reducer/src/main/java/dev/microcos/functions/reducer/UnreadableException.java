package dev.microcos.functions.reducer;

import org.jspecify.annotations.Nullable;

/** A message that no release can ever read. */
final class UnreadableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * Why it cannot be read.
   *
   * @param reason in words that hold nothing of the message
   */
  UnreadableException(String reason, @Nullable Throwable cause) {
    super(reason, cause);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
