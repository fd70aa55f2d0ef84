package dev.microcos.core.aws;

import java.time.Duration;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Says when a message that was not done comes again, in place of the queue's own long wait. */
public final class Redelivery {

  /** The longest that SQS hides a message. */
  private static final Duration LONGEST = Duration.ofHours(12);

  private final SqsClient sqs;
  private final String queueUrl;

  Redelivery(SqsClient sqs, String queueUrl) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
  }

  /**
   * Has the message come again after a while; in whole seconds, rounded up.
   *
   * @param receiptHandle of the delivery that failed
   */
  public void in(Duration wait, String receiptHandle) {
    Duration bounded = wait.isNegative() ? Duration.ZERO : wait;
    if (bounded.compareTo(LONGEST) > 0) {
      bounded = LONGEST;
    }
    int seconds = Math.toIntExact(bounded.plusMillis(999).toSeconds());
    sqs.changeMessageVisibility(change ->
        change.queueUrl(queueUrl).receiptHandle(receiptHandle).visibilityTimeout(seconds));
  }
}
