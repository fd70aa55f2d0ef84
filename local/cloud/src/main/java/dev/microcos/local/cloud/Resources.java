package dev.microcos.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.services.sqs.SqsService;
import dev.microcos.local.services.transport.AwsRequest;
import dev.microcos.local.services.transport.AwsResponse;
import dev.microcos.local.services.transport.AwsService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the template's tables and queues in the services, where they are not there yet. */
final class Resources {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What only AWS does with a table: backups, encryption of the disk, prices. Expiry is set apart.
   */
  private static final List<String> TABLE_WITHOUT_EFFECT =
      List.of(
          "PointInTimeRecoverySpecification",
          "SSESpecification",
          "TableClass",
          "Tags",
          "TimeToLiveSpecification");

  private Resources() {}

  /** Makes a table as CreateTable and UpdateTimeToLive do; one that is there stays as it is. */
  static void table(AwsService dynamodb, JsonNode properties) {
    ObjectNode create = properties.deepCopy();
    create.remove(TABLE_WITHOUT_EFFECT);
    String name = properties.path("TableName").asText();
    ObjectNode named = JSON.createObjectNode().put("TableName", name);
    if (call(dynamodb, "DescribeTable", named).status() == 200) {
      return;
    }
    require(call(dynamodb, "CreateTable", create), name);
    JsonNode expiry = properties.path("TimeToLiveSpecification");
    if (expiry.isObject()) {
      named.set("TimeToLiveSpecification", expiry);
      require(call(dynamodb, "UpdateTimeToLive", named), name);
    }
  }

  private static AwsResponse call(AwsService dynamodb, String operation, JsonNode body) {
    return dynamodb.handle(
        new AwsRequest(
            "POST",
            "/",
            "",
            Map.of(
                "x-amz-target",
                "DynamoDB_20120810." + operation,
                "content-type",
                "application/x-amz-json-1.0"),
            body.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static void require(AwsResponse response, String name) {
    if (response.status() != 200) {
      String reason =
          response.body() instanceof AwsResponse.Body.Bytes(byte[] bytes)
              ? new String(bytes, StandardCharsets.UTF_8)
              : "";
      throw new CloudException("the table " + name + " cannot be made: " + reason);
    }
  }

  /** Makes a queue with these attributes, or gives an existing one exactly these. */
  static void queue(SqsService sqs, JsonNode properties) {
    Map<String, String> attributes = new HashMap<>();
    properties
        .properties()
        .forEach(property -> {
          switch (property.getKey()) {
            case "QueueName", "Tags" -> {}
            case "RedrivePolicy" -> attributes.put("RedrivePolicy", written(property.getValue()));
            default -> attribute(property, attributes);
          }
        });
    String _ = sqs.ensureQueue(properties.path("QueueName").asText(), attributes);
  }

  /** SQS knows FIFO's attributes only on FIFO queues, and no {@code FifoQueue: false}. */
  private static void attribute(
      Map.Entry<String, JsonNode> property, Map<String, String> attributes) {
    String value = property.getValue().asText();
    if (!property.getKey().equals("FifoQueue") || value.equals("true")) {
      attributes.put(property.getKey(), value);
    }
  }

  private static String written(JsonNode value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
