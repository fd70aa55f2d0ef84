package dev.microcos.local.services.transport;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The AWS JSON protocols 1.0 and 1.1: finds the operation, reads the request, writes the answer.
 */
public final class JsonApi {

  /**
   * The mapper that all services share; made once, since making one is slow. Its buffers are shared
   * too, not kept by thread: a virtual thread would throw its own away.
   */
  public static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
              .build());

  private static final Logger LOG = System.getLogger(JsonApi.class.getName());
  private static final AtomicLong REQUESTS = new AtomicLong();

  private final String contentType;
  private final String service;
  private final Map<String, JsonOperation> operations;
  private final Function<String, Refusal> invalid;

  /**
   * An API.
   *
   * @param contentType {@code application/x-amz-json-1.0} or {@code -1.1}
   * @param service the service's name for people
   * @param operations by their names
   * @param invalid how this service refuses an invalid request
   */
  public JsonApi(
      String contentType,
      String service,
      Map<String, JsonOperation> operations,
      Function<String, Refusal> invalid) {
    this.contentType = contentType;
    this.service = service;
    this.operations = operations;
    this.invalid = invalid;
  }

  /** Answers a request; never throws. */
  public AwsResponse handle(AwsRequest request) {
    String name = request.operation();
    try {
      JsonOperation operation = operations.get(name);
      if (operation == null) {
        throw unknown(name);
      }
      JsonReply reply = operation.call(new JsonRequest(name, parse(request.body()), invalid));
      return response(200, Map.of(), reply);
    } catch (Refusal refusal) {
      return refused(refusal);
    } catch (RuntimeException | StackOverflowError failure) {
      LOG.log(Level.ERROR, service + " " + name + " failed", failure);
      return refused(new Refusal(500, "InternalServerError", "The request failed: see the log."));
    }
  }

  private Refusal unknown(String name) {
    return name.isEmpty()
        ? new Refusal(
            400,
            "com.amazon.coral.service#UnknownOperationException",
            service + " here speaks the AWS JSON protocol: the X-Amz-Target header is missing.")
        : new Refusal(
            400,
            "com.amazon.coral.service#UnknownOperationException",
            "The local cloud does not support the operation "
                + name.replaceAll("[^A-Za-z0-9]", "")
                + " of "
                + service
                + ".");
  }

  private static JsonNode parse(byte[] body) {
    try {
      JsonNode members = MAPPER.readTree(body);
      if (members == null || !members.isObject()) {
        throw malformed();
      }
      return members;
    } catch (JsonProcessingException e) {
      throw malformed();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Refusal malformed() {
    return new Refusal(
        400, "com.amazon.coral.service#SerializationException", "The request is not a JSON object");
  }

  private AwsResponse refused(Refusal refusal) {
    return response(
        refusal.status(),
        refusal
            .queryCode()
            .map(code -> Map.of("x-amzn-query-error", code + ";Sender"))
            .orElse(Map.of()),
        json -> {
          json.writeStringField("__type", refusal.type());
          json.writeStringField("message", refusal.text());
          refusal.writeMembers(json);
        });
  }

  private AwsResponse response(int status, Map<String, String> more, JsonReply reply) {
    Map<String, String> headers = new LinkedHashMap<>(more);
    headers.put("content-type", contentType);
    headers.put("x-amzn-requestid", "local-" + REQUESTS.incrementAndGet());
    try (ByteArrayBuilder bytes = new ByteArrayBuilder(512);
        JsonGenerator json = MAPPER.getFactory().createGenerator(bytes)) {
      json.writeStartObject();
      reply.writeMembers(json);
      json.writeEndObject();
      json.flush();
      return new AwsResponse(status, headers, new AwsResponse.Body.Bytes(bytes.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
