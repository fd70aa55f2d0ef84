package dev.microcos.core.aws;

import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** Where a message goes that nobody can ever do, with the reason beside it. */
public final class DeadLetters {

  /** The message attribute that says why; it holds nothing of the message. */
  private static final String REASON = "reason";

  private final SqsClient sqs;
  private final String queueUrl;

  DeadLetters(SqsClient sqs, String queueUrl) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
  }

  /**
   * Keeps a message of a FIFO queue. Keeping it again within five minutes has no effect.
   *
   * @param group the message's group
   * @param messageId what SQS calls it
   * @param reason in words that hold nothing of the message
   */
  public void keep(String group, String messageId, String body, String reason) {
    sqs.sendMessage(send ->
        send.queueUrl(queueUrl)
            .messageGroupId(group)
            .messageDeduplicationId(messageId)
            .messageBody(body)
            .messageAttributes(
                Map.of(
                    REASON,
                    MessageAttributeValue.builder()
                        .dataType("String")
                        .stringValue(reason)
                        .build())));
  }
}
