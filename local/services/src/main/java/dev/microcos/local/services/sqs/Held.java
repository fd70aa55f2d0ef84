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
  Place place = Place.DELAYED;
  int receiveCount;
  long firstReceivedMillis;
  long visibleMillis;
  @Nullable String receiptHandle;

  Held(long sequence, Message message) {
    this.sequence = sequence;
    this.message = message;
    this.visibleMillis = message.visibleMillis();
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
