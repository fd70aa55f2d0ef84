package dev.microcos.local.cloud;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.microcos.local.services.lambda.QueueSource;
import dev.microcos.local.services.sqs.MessageAttribute;
import dev.microcos.local.services.sqs.ReceivedMessage;
import dev.microcos.local.services.sqs.SqsService;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A queue as an event source mapping reads it. */
final class SqsSource implements QueueSource {
  private final SqsService queues;
  private final String queue;

  SqsSource(SqsService queues, String queue) {
    this.queues = queues;
    this.queue = queue;
  }

  @Override
  public List<Message> receive(int max, Duration wait) throws InterruptedException {
    return queues.receive(queue, max, wait).stream().map(SqsSource::message).toList();
  }

  @Override
  public void delete(List<String> receiptHandles) {
    queues.delete(queue, receiptHandles);
  }

  @Override
  public void release(String receiptHandle, Duration visibility) {
    queues.changeVisibility(queue, receiptHandle, visibility);
  }

  private static Message message(ReceivedMessage received) {
    return new Message(
        received.messageId(),
        received.receiptHandle(),
        received.body(),
        received.attributes(),
        attributes(received.messageAttributes()),
        received.md5OfBody(),
        "");
  }

  private static Map<String, SQSEvent.MessageAttribute> attributes(
      Map<String, MessageAttribute> all) {
    if (all.isEmpty()) {
      return Map.of();
    }
    Map<String, SQSEvent.MessageAttribute> attributes = HashMap.newHashMap(all.size());
    all.forEach((name, attribute) -> attributes.put(name, attribute(attribute)));
    return attributes;
  }

  private static SQSEvent.MessageAttribute attribute(MessageAttribute from) {
    SQSEvent.MessageAttribute attribute = new SQSEvent.MessageAttribute();
    attribute.setDataType(from.dataType());
    attribute.setStringValue(from.text());
    byte[] binary = from.binary();
    if (binary != null) {
      attribute.setBinaryValue(ByteBuffer.wrap(binary));
    }
    return attribute;
  }
}
