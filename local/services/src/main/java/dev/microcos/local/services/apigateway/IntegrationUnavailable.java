package dev.microcos.local.services.apigateway;

/** An integration that did not answer in time or has no capacity left; the caller is told 503. */
public final class IntegrationUnavailable extends RuntimeException {

  /** Says why, for the log; the caller of the API does not see it. */
  public IntegrationUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
