package dev.microcos.core.aws;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Says when a message that was not done comes again, in place of the queue's own long wait. */
public final class Redelivery {

  /** The longest that SQS hides a message. */
  private static final Duration LONGEST = Duration.ofHours(12);

  private static final Logger LOG = LoggerFactory.getLogger(Redelivery.class);

  private final SqsClient sqs;
  private final String queueUrl;

  Redelivery(SqsClient sqs, String queueUrl) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
  }

  /**
   * Has the message come again after a while; in whole seconds, rounded up. If that fails, it comes
   * when the queue's own visibility timeout ends.
   *
   * @param receiptHandle of the delivery that failed
   */
  public void in(Duration wait, String receiptHandle) {
    Duration bounded = wait.isNegative() ? Duration.ZERO : wait;
    if (bounded.compareTo(LONGEST) > 0) {
      bounded = LONGEST;
    }
    int seconds = Math.toIntExact(bounded.plusMillis(999).toSeconds());
    try {
      sqs.changeMessageVisibility(change ->
          change.queueUrl(queueUrl).receiptHandle(receiptHandle).visibilityTimeout(seconds));
    } catch (SdkException e) {
      LOG.warn("a message keeps the queue's own visibility timeout", e);
    }
  }
}
