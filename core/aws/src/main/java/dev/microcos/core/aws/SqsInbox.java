package dev.microcos.core.aws;

import dev.microcos.core.application.port.Inbox;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.wire.EnvelopeJson;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The inbox as an SQS FIFO queue, a group a person, and one a run. Its five minutes of
 * deduplication only spare work; that an envelope counts once is the log's doing.
 */
final class SqsInbox implements Inbox {

  private final SqsClient sqs;
  private final String queueUrl;

  SqsInbox(SqsClient sqs, String queueUrl) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
  }

  @Override
  public void send(Envelope envelope) {
    sqs.sendMessage(send ->
        send.queueUrl(queueUrl)
            .messageGroupId(envelope.subject().group())
            .messageDeduplicationId(once(envelope))
            .messageBody(EnvelopeJson.toInbox(envelope)));
  }

  /** What somebody asks for anew, who was erased a moment ago, is not what was asked for then. */
  private static String once(Envelope envelope) {
    return envelope.id() + "." + envelope.person().generation();
  }
}
