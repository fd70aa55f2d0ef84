package dev.microcos.local.services.bedrock;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.microcos.local.services.bedrock.model.BedrockFault;
import dev.microcos.local.services.bedrock.model.BedrockFault.Kind;
import dev.microcos.local.services.bedrock.model.ModelBackend;
import dev.microcos.local.services.bedrock.model.ModelBackend.Delivery;
import dev.microcos.local.services.bedrock.model.ModelCatalog;
import dev.microcos.local.services.bedrock.model.ModelStream;
import dev.microcos.local.services.bedrock.model.Prompt;
import dev.microcos.local.services.transport.AwsRequest;
import dev.microcos.local.services.transport.AwsResponse;
import dev.microcos.local.services.transport.AwsService;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Bedrock runtime of the local cloud: Converse and ConverseStream. */
public final class BedrockService implements AwsService {

  private static final Pattern ROUTE = Pattern.compile("/model/([^/]+)/(converse|converse-stream)");
  private static final String STREAM_TYPE = "application/vnd.amazon.eventstream";

  private final ObjectMapper json = new ObjectMapper();
  private final PromptReader reader = new PromptReader(json);
  private final AnswerWriter writer = new AnswerWriter(json);
  private final ModelCatalog catalog;
  private final ModelBackend backend;

  /** A service that offers the catalog's models, all answered by {@code backend}. */
  public BedrockService(ModelCatalog catalog, ModelBackend backend) {
    this.catalog = catalog;
    this.backend = backend;
  }

  @Override
  public String signingName() {
    return "bedrock";
  }

  @Override
  public AwsResponse handle(AwsRequest request) {
    try {
      return answer(request);
    } catch (BedrockFault fault) {
      return refusal(fault);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return refusal(
          new BedrockFault(Kind.SERVICE_UNAVAILABLE, "The local cloud is shutting down."));
    }
  }

  private AwsResponse answer(AwsRequest request) throws BedrockFault, InterruptedException {
    Matcher route = ROUTE.matcher(request.path());
    if (!request.method().equals("POST") || !route.matches()) {
      throw new BedrockFault(
          Kind.UNKNOWN_OPERATION,
          "The local Bedrock runtime answers Converse and ConverseStream; "
              + request.method()
              + " "
              + request.path()
              + " is neither.");
    }
    String modelId = catalog.resolve(decode(route.group(1)));
    Delivery delivery = route.group(2).equals("converse") ? Delivery.WHOLE : Delivery.STREAMED;
    Prompt prompt = reader.read(modelId, request.body(), delivery);
    long began = System.nanoTime();
    ModelStream stream = backend.open(prompt, delivery);
    return switch (delivery) {
      case WHOLE -> json(200, writer.whole(stream, began));
      case STREAMED ->
          new AwsResponse(
              200,
              Map.of("content-type", STREAM_TYPE),
              new AwsResponse.Body.Stream(out -> writer.stream(stream, began, out)));
    };
  }

  private AwsResponse refusal(BedrockFault fault) {
    byte[] body =
        writer.bytes(JsonNodeFactory.instance.objectNode().put("message", fault.getMessage()));
    Map<String, String> headers = new LinkedHashMap<>(fault.headers());
    headers.put("content-type", "application/json");
    headers.put("x-amzn-errortype", fault.kind().type());
    return new AwsResponse(
        fault.kind().status(), Map.copyOf(headers), new AwsResponse.Body.Bytes(body));
  }

  private static AwsResponse json(int status, byte[] body) {
    return new AwsResponse(
        status, Map.of("content-type", "application/json"), new AwsResponse.Body.Bytes(body));
  }

  /** Percent decoding of a path segment, in which a plus is a plus. */
  private static String decode(String segment) throws BedrockFault {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw BedrockFault.invalid("The provided model identifier is invalid.");
    }
  }
}
