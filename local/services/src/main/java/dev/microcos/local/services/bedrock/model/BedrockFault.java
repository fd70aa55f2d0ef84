package dev.microcos.local.services.bedrock.model;

import java.util.Locale;
import java.util.Map;

/** A refusal or failure in the terms of the Bedrock runtime. Its message is for people. */
public final class BedrockFault extends Exception {

  private static final long serialVersionUID = 1L;

  /** The errors of Converse and ConverseStream, with their HTTP status. */
  public enum Kind {
    ACCESS_DENIED("AccessDeniedException", 403),
    INTERNAL_SERVER("InternalServerException", 500),
    MODEL_ERROR("ModelErrorException", 424),
    MODEL_NOT_READY("ModelNotReadyException", 429),
    MODEL_STREAM_ERROR("ModelStreamErrorException", 424),
    MODEL_TIMEOUT("ModelTimeoutException", 408),
    RESOURCE_NOT_FOUND("ResourceNotFoundException", 404),
    SERVICE_UNAVAILABLE("ServiceUnavailableException", 503),
    THROTTLING("ThrottlingException", 429),
    UNKNOWN_OPERATION("UnknownOperationException", 404),
    VALIDATION("ValidationException", 400);

    private final String type;
    private final int status;

    Kind(String type, int status) {
      this.type = type;
      this.status = status;
    }

    /** The error's name in {@code x-amzn-ErrorType}. */
    public String type() {
      return type;
    }

    /** The HTTP status of an answer that is this error. */
    public int status() {
      return status;
    }

    /**
     * The error's name inside a stream. ConverseStream knows five; any other shows as {@code
     * modelStreamErrorException}.
     */
    public String eventName() {
      return switch (this) {
        case INTERNAL_SERVER, SERVICE_UNAVAILABLE, THROTTLING, VALIDATION ->
            type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
        case ACCESS_DENIED,
            MODEL_ERROR,
            MODEL_NOT_READY,
            MODEL_STREAM_ERROR,
            MODEL_TIMEOUT,
            RESOURCE_NOT_FOUND,
            UNKNOWN_OPERATION ->
            "modelStreamErrorException";
      };
    }
  }

  private final Kind kind;
  private final transient Map<String, String> headers;

  /** A fault that is told to the caller with this message. */
  public BedrockFault(Kind kind, String message) {
    this(kind, message, Map.of());
  }

  /** A fault with further headers, as {@code retry-after}, by lower-case name. */
  public BedrockFault(Kind kind, String message, Map<String, String> headers) {
    super(message);
    this.kind = kind;
    this.headers = Map.copyOf(headers);
  }

  /** A {@code ValidationException}. */
  public static BedrockFault invalid(String message) {
    return new BedrockFault(Kind.VALIDATION, message);
  }

  /** Which error this is. */
  public Kind kind() {
    return kind;
  }

  /** Headers that go with the answer. */
  public Map<String, String> headers() {
    return headers;
  }

  /** The message; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
