package dev.microcos.core.aws;

import dev.microcos.core.application.port.AssistantJob;
import dev.microcos.core.application.port.AssistantJobs;
import dev.microcos.core.wire.JobJson;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The assistant's work as a Standard SQS queue; the person is the group that fairness goes by. */
final class SqsAssistantJobs implements AssistantJobs {

  private final SqsClient sqs;
  private final String queueUrl;

  SqsAssistantJobs(SqsClient sqs, String queueUrl) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
  }

  @Override
  public void submit(AssistantJob job) {
    sqs.sendMessage(send ->
        send.queueUrl(queueUrl)
            .messageGroupId(job.person().user().value())
            .messageBody(JobJson.write(job)));
  }
}
