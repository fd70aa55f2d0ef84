package dev.microcos.local.services.sqs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.local.services.transport.JsonApi;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A queue's attributes that can be set, checked, with SQS's defaults and bounds. */
final class QueueSettings {

  /** Where a message goes that was received too often. */
  record Redrive(String queue, int maxReceiveCount) {}

  private record Bounds(int least, int most, int otherwise) {}

  private static final Map<String, Bounds> NUMBERS =
      Map.of(
          "VisibilityTimeout", new Bounds(0, 43_200, 30),
          "MessageRetentionPeriod", new Bounds(60, 1_209_600, 345_600),
          "DelaySeconds", new Bounds(0, 900, 0),
          "MaximumMessageSize", new Bounds(1_024, 1_048_576, 1_048_576),
          "ReceiveMessageWaitTimeSeconds", new Bounds(0, 20, 0),
          "KmsDataKeyReusePeriodSeconds", new Bounds(60, 86_400, 300));

  private static final Map<String, Set<String>> CHOICES =
      Map.of(
          "FifoQueue", Set.of("true"),
          "ContentBasedDeduplication", Set.of("true", "false"),
          "SqsManagedSseEnabled", Set.of("true", "false"),
          "DeduplicationScope", Set.of("queue", "messageGroup"),
          "FifoThroughputLimit", Set.of("perQueue", "perMessageGroupId"));

  private static final Set<String> FIFO_ONLY =
      Set.of("ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit");

  private static final Set<String> KEPT = Set.of("Policy", "RedriveAllowPolicy", "KmsMasterKeyId");

  private final Map<String, String> given;
  private final Optional<Redrive> redrive;

  /** Checks the attributes of a queue. */
  QueueSettings(String name, Map<String, String> given) {
    boolean fifo = "true".equals(given.get("FifoQueue"));
    if (fifo != name.endsWith(".fifo")) {
      throw SqsRefusal.invalid(
          "The name of a FIFO queue can only include alphanumeric characters, hyphens, or"
              + " underscores, must end with .fifo suffix and be 1 to 80 in length.");
    }
    this.given = new TreeMap<>(given);
    this.given.values().removeIf(String::isEmpty);
    this.given.forEach((attribute, value) -> check(attribute, value, fifo));
    this.redrive = Optional.ofNullable(this.given.get("RedrivePolicy")).map(QueueSettings::redrive);
  }

  private static void check(String attribute, String value, boolean fifo) {
    Bounds bounds = NUMBERS.get(attribute);
    if (bounds != null) {
      if (!value.matches("\\d{1,9}")
          || Integer.parseInt(value) < bounds.least()
          || Integer.parseInt(value) > bounds.most()) {
        throw SqsRefusal.invalidAttributeValue(
            "Invalid value for the parameter " + attribute + ".");
      }
    } else if (CHOICES.containsKey(attribute)) {
      if (!CHOICES.getOrDefault(attribute, Set.of()).contains(value)) {
        throw SqsRefusal.invalidAttributeValue(
            "Invalid value for the parameter " + attribute + ".");
      }
      if (FIFO_ONLY.contains(attribute) && !fifo) {
        throw SqsRefusal.invalidAttribute("Unknown Attribute " + attribute + ".");
      }
    } else if (!KEPT.contains(attribute) && !attribute.equals("RedrivePolicy")) {
      throw SqsRefusal.invalidAttribute("Unknown Attribute " + attribute + ".");
    }
  }

  private static Redrive redrive(String policy) {
    try {
      JsonNode node = JsonApi.MAPPER.readTree(policy);
      String arn = node.path("deadLetterTargetArn").asText("");
      int most = node.path("maxReceiveCount").asInt(0);
      if (arn.isEmpty() || most < 1 || most > 1_000) {
        throw SqsRefusal.invalid(
            "Value "
                + policy
                + " for parameter RedrivePolicy is invalid. Reason: it needs"
                + " deadLetterTargetArn and a maxReceiveCount of 1 to 1000.");
      }
      return new Redrive(arn.substring(arn.lastIndexOf(':') + 1), most);
    } catch (JsonProcessingException e) {
      throw SqsRefusal.invalid(
          "Value "
              + policy
              + " for parameter RedrivePolicy is invalid."
              + " Reason: Redrive policy is not a valid JSON map.");
    }
  }

  Map<String, String> given() {
    return given;
  }

  boolean fifo() {
    return given.containsKey("FifoQueue");
  }

  boolean contentBasedDeduplication() {
    return "true".equals(given.get("ContentBasedDeduplication"));
  }

  boolean deduplicatesByGroup() {
    return "messageGroup".equals(given.get("DeduplicationScope"));
  }

  int number(String attribute) {
    Bounds bounds = NUMBERS.get(attribute);
    String value = given.get(attribute);
    if (value != null) {
      return Integer.parseInt(value);
    }
    if (bounds == null) {
      throw new IllegalArgumentException(attribute);
    }
    return bounds.otherwise();
  }

  int visibilityTimeoutSeconds() {
    return number("VisibilityTimeout");
  }

  long retentionMillis() {
    return number("MessageRetentionPeriod") * 1_000L;
  }

  Optional<Redrive> redrive() {
    return redrive;
  }

  /** All attributes that are shown: those given and the defaults of the others. */
  Map<String, String> shown() {
    Map<String, String> all = new TreeMap<>(given);
    NUMBERS.forEach((attribute, bounds) -> {
      if (!attribute.startsWith("Kms")) {
        all.putIfAbsent(attribute, Integer.toString(bounds.otherwise()));
      }
    });
    all.putIfAbsent("SqsManagedSseEnabled", "true");
    if (fifo()) {
      all.putIfAbsent("ContentBasedDeduplication", "false");
      all.putIfAbsent("DeduplicationScope", "queue");
      all.putIfAbsent("FifoThroughputLimit", "perQueue");
    }
    return all;
  }
}
