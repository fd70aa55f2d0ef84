package dev.microcos.local.services.transport;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/**
 * The answer to an {@link AwsRequest}.
 *
 * @param status HTTP status
 * @param headers by lower-case name
 * @param body what is sent back, at once or as a stream
 */
public record AwsResponse(int status, Map<String, String> headers, Body body) {

  /** The payload of an answer. */
  public sealed interface Body {
    /** A payload that is complete. */
    record Bytes(byte[] bytes) implements Body {}

    /** A payload written piece by piece; each flush of the stream sends what was written so far. */
    record Stream(Writer writer) implements Body {}
  }

  /** Writes a streamed payload; returning ends it, an exception cuts it. */
  @FunctionalInterface
  public interface Writer {
    /** Writes all of the payload to {@code out}; the receiver's leaving shows as an IOException. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** An answer in the AWS JSON protocol. */
  public static AwsResponse json(int status, byte[] body) {
    return new AwsResponse(
        status, Map.of("content-type", "application/x-amz-json-1.0"), new Body.Bytes(body));
  }
}
