package dev.microcos.local.services.lambda;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.microcos.local.services.lambda.QueueSource.Message;
import java.util.List;

/** Messages as the event that Lambda makes of them. */
final class SqsEvents {

  private static final int REGION = 3;

  private final String queueArn;
  private final String region;

  SqsEvents(String queueArn) {
    String[] parts = queueArn.split(":", -1);
    if (parts.length != 6 || !parts[2].equals("sqs")) {
      throw new IllegalArgumentException("not a queue's ARN: " + queueArn);
    }
    this.queueArn = queueArn;
    this.region = parts[REGION];
  }

  SQSEvent event(List<Message> batch) {
    SQSEvent event = new SQSEvent();
    event.setRecords(batch.stream().map(this::message).toList());
    return event;
  }

  private SQSMessage message(Message from) {
    SQSMessage message = new SQSMessage();
    message.setMessageId(from.messageId());
    message.setReceiptHandle(from.receiptHandle());
    message.setBody(from.body());
    message.setMd5OfBody(from.md5OfBody());
    if (!from.md5OfMessageAttributes().isEmpty()) {
      message.setMd5OfMessageAttributes(from.md5OfMessageAttributes());
    }
    message.setAttributes(from.attributes());
    message.setMessageAttributes(from.messageAttributes());
    message.setEventSource("aws:sqs");
    message.setEventSourceArn(queueArn);
    message.setAwsRegion(region);
    return message;
  }
}
