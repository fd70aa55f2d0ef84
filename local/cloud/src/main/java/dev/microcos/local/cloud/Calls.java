package dev.microcos.local.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.services.transport.AwsRequest;
import dev.microcos.local.services.transport.AwsResponse;
import dev.microcos.local.services.transport.Router;
import dev.microcos.local.stepfunctions.task.AwsCalls;
import dev.microcos.local.stepfunctions.task.TaskFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The services of this cloud for the tasks of state machines; those that speak AWS's JSON. */
final class Calls implements AwsCalls {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** How the requests of a service are addressed, and whether its members begin small. */
  private record Dialect(String target, String contentType, boolean small) {}

  private static final Map<String, Dialect> DIALECTS =
      Map.of(
          "sqs", new Dialect("AmazonSQS", "application/x-amz-json-1.0", false),
          "dynamodb", new Dialect("DynamoDB_20120810", "application/x-amz-json-1.0", false),
          "kms", new Dialect("TrentService", "application/x-amz-json-1.1", false),
          "events", new Dialect("AWSEvents", "application/x-amz-json-1.1", false),
          "eventbridge", new Dialect("AWSEvents", "application/x-amz-json-1.1", false),
          "sfn", new Dialect("AWSStepFunctions", "application/x-amz-json-1.0", true));

  private volatile @Nullable Router router;

  /** Lets the calls go to these services. */
  void connect(Router services) {
    router = services;
  }

  @Override
  public AwsAnswer call(String service, String operation, JsonNode request) throws TaskFailure {
    Dialect dialect = DIALECTS.get(service);
    Router services = router;
    if (dialect == null || services == null) {
      throw new TaskFailure("States.Runtime", "The service " + service + " is not supported here");
    }
    AwsResponse response =
        services.handle(
            new AwsRequest(
                "POST",
                "/",
                "",
                Map.of(
                    "x-amz-target",
                    dialect.target() + "." + operation,
                    "content-type",
                    dialect.contentType()),
                bytes(dialect.small() ? renamed(request, false) : request)));
    byte[] body =
        response.body() instanceof AwsResponse.Body.Bytes(byte[] bytes) ? bytes : new byte[0];
    try {
      JsonNode answer = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
      boolean rename = dialect.small() && response.status() < 300;
      return new AwsAnswer(response.status(), rename ? renamed(answer, true) : answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(JsonNode request) {
    try {
      return JSON.writeValueAsString(request).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a request cannot be written", e);
    }
  }

  /** Tasks name members with a capital, as the SDK for Java does; Input may be given as JSON. */
  private static JsonNode renamed(JsonNode from, boolean capital) {
    if (!from.isObject()) {
      return from;
    }
    ObjectNode to = JSON.createObjectNode();
    for (var member : from.properties()) {
      String name = member.getKey();
      String first = name.substring(0, 1);
      String renamed =
          (capital ? first.toUpperCase(Locale.ROOT) : first.toLowerCase(Locale.ROOT))
              + name.substring(1);
      JsonNode value = member.getValue();
      boolean asText =
          !capital
              && (renamed.equals("input") || renamed.equals("output"))
              && !value.isTextual()
              && !value.isNull();
      to.set(renamed, asText ? JSON.getNodeFactory().textNode(value.toString()) : value);
    }
    return to;
  }
}
