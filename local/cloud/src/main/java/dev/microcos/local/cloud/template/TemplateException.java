package dev.microcos.local.cloud.template;

/** A template asks for what is not there or cannot be; the message names it. */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message that names resource and property. */
  public TemplateException(String message) {
    super(message);
  }
}
