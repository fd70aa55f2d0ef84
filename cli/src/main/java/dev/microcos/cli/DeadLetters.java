package dev.microcos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A queue that holds what was given up, and the queue that it came from.
 *
 * @param sqs where both are
 * @param url its URL
 * @param source the URL of the queue that it came from
 * @param tries how often a message was received there before it was given up
 */
record DeadLetters(Sqs sqs, String url, String source, int tries) {
  private static final String REASON = "reason";
  private static final int BATCH = 10;

  /** Long enough to read or move a batch; then others see it again. */
  private static final int HIDDEN_SECONDS = 30;

  /** All of them, by name. */
  static List<DeadLetters> all(Sqs sqs) {
    Map<String, DeadLetters> found = new TreeMap<>();
    for (JsonNode queue : sqs.call("ListQueues", Json.object()).path("QueueUrls")) {
      ObjectNode ask = Json.object().put("QueueUrl", queue.asText());
      ask.putArray("AttributeNames").add("All");
      JsonNode attributes = sqs.call("GetQueueAttributes", ask).path("Attributes");
      JsonNode policy = Json.read(Json.text(attributes, "RedrivePolicy"));
      String target = Json.text(policy, "deadLetterTargetArn");
      if (!target.isEmpty()) {
        String name = target.substring(target.lastIndexOf(':') + 1);
        String url =
            Json.text(sqs.call("GetQueueUrl", Json.object().put("QueueName", name)), "QueueUrl");
        int tries = policy.path("maxReceiveCount").asInt();
        found.put(name, new DeadLetters(sqs, url, queue.asText(), tries));
      }
    }
    return List.copyOf(found.values());
  }

  /** The name of the queue. */
  String name() {
    return url.substring(url.lastIndexOf('/') + 1);
  }

  /** Why it was given up: as whoever set it aside said, or else for its many failures. */
  String reason(JsonNode message) {
    String told = message.path("MessageAttributes").path(REASON).path("StringValue").asText("");
    return told.isEmpty() ? "failed " + tries + " times" : told;
  }

  /** Looks at what lies there and leaves it there. */
  List<JsonNode> look() {
    List<JsonNode> seen = new ArrayList<>();
    for (List<JsonNode> batch = receive(BATCH); !batch.isEmpty(); batch = receive(BATCH)) {
      seen.addAll(batch);
    }
    for (JsonNode message : seen) {
      sqs.call("ChangeMessageVisibility", handle(message).put("VisibilityTimeout", 0));
    }
    return seen;
  }

  /**
   * Moves all that lies there now back to where it came from; gives how many. What is given up
   * again meanwhile stays, else it would go round. One that is moved and not yet deleted when this
   * breaks off comes twice, which has no second effect.
   */
  int redrive() {
    int lying = lying();
    int moved = 0;
    while (moved < lying) {
      List<JsonNode> batch = receive(Math.min(BATCH, lying - moved));
      if (batch.isEmpty()) {
        return moved;
      }
      for (JsonNode message : batch) {
        sqs.call("SendMessage", again(message));
        sqs.call("DeleteMessage", handle(message));
        moved++;
      }
    }
    return moved;
  }

  private int lying() {
    ObjectNode ask = Json.object().put("QueueUrl", url);
    ask.putArray("AttributeNames").add("All");
    JsonNode attributes = sqs.call("GetQueueAttributes", ask).path("Attributes");
    return attributes.path("ApproximateNumberOfMessages").asInt();
  }

  private List<JsonNode> receive(int most) {
    ObjectNode ask =
        Json.object()
            .put("QueueUrl", url)
            .put("MaxNumberOfMessages", most)
            .put("VisibilityTimeout", HIDDEN_SECONDS)
            .put("WaitTimeSeconds", 0);
    ask.putArray("AttributeNames").add("All");
    ask.putArray("MessageAttributeNames").add("All");
    List<JsonNode> messages = new ArrayList<>();
    sqs.call("ReceiveMessage", ask).path("Messages").forEach(messages::add);
    return messages;
  }

  private ObjectNode again(JsonNode message) {
    ObjectNode send =
        Json.object().put("QueueUrl", source).put("MessageBody", Json.text(message, "Body"));
    if (message.path("MessageAttributes") instanceof ObjectNode given) {
      // Why it was given up is not part of it: next time the reason may be another.
      ObjectNode attributes = given.deepCopy().without(REASON);
      if (!attributes.isEmpty()) {
        send.set("MessageAttributes", attributes);
      }
    }
    String group = Json.text(message.path("Attributes"), "MessageGroupId");
    if (!group.isEmpty()) {
      send.put("MessageGroupId", group);
    }
    if (source.endsWith(".fifo")) {
      // The first id may still be remembered, and the message would be dropped as a repetition.
      send.put("MessageDeduplicationId", Ids.actionId());
    }
    return send;
  }

  private ObjectNode handle(JsonNode message) {
    return Json.object()
        .put("QueueUrl", url)
        .put("ReceiptHandle", Json.text(message, "ReceiptHandle"));
  }
}
