package dev.microcos.local.services.sqs;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message in its queue's index; guarded by the queue's lock. */
final class Held {

  /** Where it is. */
  enum Place {
    DELAYED,
    WAITING,
    IN_FLIGHT,
    GONE
  }

  final long sequence;
  final Message message;

  /** Whether it was on the disk already when this process started. */
  final boolean survivor;

  Place place = Place.DELAYED;
  int receiveCount;
  long firstReceivedMillis;
  long visibleMillis;
  @Nullable String receiptHandle;

  /** A message that was just sent. */
  Held(long sequence, Message message) {
    this(sequence, message, false);
  }

  private Held(long sequence, Message message, boolean survivor) {
    this.sequence = sequence;
    this.message = message;
    this.survivor = survivor;
    this.visibleMillis = message.visibleMillis();
  }

  /** A message that an earlier process has left, and how often that received it. */
  static Held survivor(long sequence, Message message, int receiveCount, long firstReceivedMillis) {
    Held held = new Held(sequence, message, true);
    held.receiveCount = receiveCount;
    held.firstReceivedMillis = firstReceivedMillis;
    return held;
  }

  String group() {
    String group = message.group();
    return group == null ? "" : group;
  }

  ReceivedMessage received(String handle, boolean fifo) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("SenderId", SqsService.ACCOUNT);
    attributes.put("SentTimestamp", Long.toString(message.sentMillis()));
    attributes.put("ApproximateReceiveCount", Integer.toString(receiveCount));
    attributes.put("ApproximateFirstReceiveTimestamp", Long.toString(firstReceivedMillis));
    put(attributes, "MessageGroupId", message.group());
    put(attributes, "AWSTraceHeader", message.trace());
    put(attributes, "DeadLetterQueueSourceArn", message.deadLetterSource());
    if (fifo) {
      put(attributes, "MessageDeduplicationId", message.deduplicationId());
      attributes.put("SequenceNumber", sequenceNumber(sequence));
    }
    return new ReceivedMessage(
        message.id(),
        handle,
        message.body(),
        Md5.of(message.body()),
        attributes,
        message.attributes());
  }

  /** SQS's sequence numbers have 20 digits. */
  static String sequenceNumber(long sequence) {
    String digits = Long.toString(sequence);
    return "1" + "0".repeat(19 - digits.length()) + digits;
  }

  private static void put(Map<String, String> into, String name, @Nullable String value) {
    if (value != null) {
      into.put(name, value);
    }
  }
}
