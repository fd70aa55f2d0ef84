package dev.microcos.local.services.store;

/** The disk failed, or the data folder cannot be used; nothing of the work was kept. */
public final class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
