package dev.microcos.local.services.transport;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Optional;

/** A service says no, in AWS's words; becomes the error shape of the AWS JSON protocol. */
public class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;

  /**
   * A refusal with this HTTP status, error type (with its namespace, if AWS sends one), message.
   */
  public Refusal(int status, String type, String message) {
    super(message, null, false, false);
    this.status = status;
    this.type = type;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The value of {@code __type}. */
  public String type() {
    return type;
  }

  /** The error's name without its namespace. */
  public String code() {
    return type.substring(type.indexOf('#') + 1);
  }

  /** The error's code in the older query protocol, where it differs from the name; SQS sends it. */
  public Optional<String> queryCode() {
    return Optional.empty();
  }

  /** The message, never null. */
  public String text() {
    return String.valueOf(getMessage());
  }

  /** Writes members that this error has besides its type and message. */
  public void writeMembers(JsonGenerator json) throws IOException {
    // most errors have none
  }
}
