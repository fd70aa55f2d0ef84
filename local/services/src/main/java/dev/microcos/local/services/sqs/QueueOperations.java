package dev.microcos.local.services.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.local.services.transport.JsonReply;
import dev.microcos.local.services.transport.JsonRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The operations on queues. */
final class QueueOperations {

  private final Queues queues;
  private final UnaryOperator<String> urls;

  /**
   * Operations on these queues.
   *
   * @param urls the URL of a queue of this name
   */
  QueueOperations(Queues queues, UnaryOperator<String> urls) {
    this.queues = queues;
    this.urls = urls;
  }

  JsonReply create(JsonRequest request) {
    request.allow(Set.of("QueueName", "Attributes"));
    String name = request.requireText("QueueName");
    if (!name.matches("[A-Za-z0-9_-]{1,80}(\\.fifo)?") || name.length() > 80) {
      throw SqsRefusal.invalid(
          "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
    }
    return url(queues.create(name, attributes(request)));
  }

  JsonReply getUrl(JsonRequest request) {
    request.allow(Set.of("QueueName", "QueueOwnerAWSAccountId"));
    return url(queues.find(request.requireText("QueueName")));
  }

  private JsonReply url(Queue queue) {
    return json -> json.writeStringField("QueueUrl", urls.apply(queue.name));
  }

  JsonReply list(JsonRequest request) {
    request.allow(Set.of("QueueNamePrefix"));
    List<String> names = queues.names(request.text("QueueNamePrefix").orElse(""));
    return json -> {
      if (!names.isEmpty()) {
        json.writeArrayFieldStart("QueueUrls");
        for (String name : names) {
          json.writeString(urls.apply(name));
        }
        json.writeEndArray();
      }
    };
  }

  JsonReply getAttributes(JsonRequest request) {
    request.allow(Set.of("QueueUrl", "AttributeNames"));
    Queue queue = queues.find(request.requireText("QueueUrl"));
    List<String> wanted = new ArrayList<>();
    request.list("AttributeNames").forEach(name -> wanted.add(name.asText()));
    Map<String, String> all = all(queue);
    for (String name : wanted) {
      if (!name.equals("All") && !all.containsKey(name) && !OPTIONAL.contains(name)) {
        throw SqsRefusal.invalidAttribute("Unknown Attribute " + name + ".");
      }
    }
    return json -> {
      if (!wanted.isEmpty()) {
        json.writeObjectFieldStart("Attributes");
        for (Map.Entry<String, String> attribute : all.entrySet()) {
          if (wanted.contains("All") || wanted.contains(attribute.getKey())) {
            json.writeStringField(attribute.getKey(), attribute.getValue());
          }
        }
        json.writeEndObject();
      }
    };
  }

  private static final Set<String> OPTIONAL =
      Set.of(
          "Policy",
          "RedrivePolicy",
          "RedriveAllowPolicy",
          "KmsMasterKeyId",
          "KmsDataKeyReusePeriodSeconds",
          "FifoQueue",
          "ContentBasedDeduplication",
          "DeduplicationScope",
          "FifoThroughputLimit");

  private static Map<String, String> all(Queue queue) {
    Map<String, String> all = new LinkedHashMap<>(queue.settings.shown());
    Queue.Counts counts = queue.counts();
    all.put("QueueArn", SqsService.arn(queue.name));
    all.put("CreatedTimestamp", Long.toString(queue.createdMillis / 1_000));
    all.put("LastModifiedTimestamp", Long.toString(queue.modifiedMillis / 1_000));
    all.put("ApproximateNumberOfMessages", Integer.toString(counts.visible()));
    all.put("ApproximateNumberOfMessagesNotVisible", Integer.toString(counts.inFlight()));
    all.put("ApproximateNumberOfMessagesDelayed", Integer.toString(counts.delayed()));
    return all;
  }

  JsonReply setAttributes(JsonRequest request) {
    request.allow(Set.of("QueueUrl", "Attributes"));
    queues.setAttributes(queues.find(request.requireText("QueueUrl")), attributes(request));
    return JsonReply.EMPTY;
  }

  JsonReply delete(JsonRequest request) {
    request.allow(Set.of("QueueUrl"));
    queues.delete(queues.find(request.requireText("QueueUrl")));
    return JsonReply.EMPTY;
  }

  JsonReply purge(JsonRequest request) {
    request.allow(Set.of("QueueUrl"));
    queues.purge(queues.find(request.requireText("QueueUrl")));
    return JsonReply.EMPTY;
  }

  private static Map<String, String> attributes(JsonRequest request) {
    Map<String, String> attributes = new LinkedHashMap<>();
    request
        .object("Attributes")
        .ifPresent(given -> {
          for (Map.Entry<String, JsonNode> field : given.properties()) {
            attributes.put(field.getKey(), field.getValue().asText());
          }
        });
    return attributes;
  }
}
