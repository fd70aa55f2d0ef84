package dev.microcos.local.cloud;

/** The local cloud cannot start; the message says why and what helps. */
public final class CloudException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CloudException(String message) {
    super(message);
  }

  CloudException(String message, Throwable cause) {
    super(message, cause);
  }
}
