package dev.microcos.local.services.judges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The same calls to our SQS and to ElasticMQ, which must answer the same, but where ElasticMQ is
 * known to answer otherwise than AWS says.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SqsJudge {

  static final Duration SOON = Duration.ofSeconds(10);

  SQSRestServer judge;
  SqsClient judgeClient;
  Ours ours;

  @BeforeAll
  void start(@TempDir Path folder) {
    judge =
        SQSRestServerBuilder.withInterface("127.0.0.1")
            .withDynamicPort()
            .withAWSRegion("us-east-1")
            .withAWSAccountId("000000000000")
            .start();
    int port = judge.waitUntilStarted().localAddress().getPort();
    judgeClient =
        Ours.with(SqsClient.builder(), UrlConnectionHttpClient.create(), "http://127.0.0.1:" + port)
            .build();
    ours = new Ours(folder, InstantSource.system());
  }

  @AfterAll
  void stop() {
    judgeClient.close();
    Object _ = judge.stopAndWait();
    ours.close();
  }

  /** A script that runs against either. */
  interface Script {
    void run(SqsClient sqs, Transcript notes);
  }

  void agree(Script script) {
    agreeBut(Map.of(), script);
  }

  /**
   * Agrees on all but what AWS answers otherwise than the judge.
   *
   * @param asAwsSays AWS's answers by their names
   */
  void agreeBut(Map<String, String> asAwsSays, Script script) {
    Transcript theirs = new Transcript();
    Transcript own = new Transcript();
    script.run(judgeClient, theirs);
    try (SqsClient sqs = ours.sqs()) {
      script.run(sqs, own);
    }
    asAwsSays.forEach((what, answer) -> {
      assertThat(own.take(what)).as(what).isEqualTo(answer);
      assertThat(theirs.take(what)).as("a difference: " + what).isNotEqualTo(answer);
    });
    assertThat(own.lines()).isNotEmpty().isEqualTo(theirs.lines());
  }

  static String fifo(SqsClient sqs, String name, Map<QueueAttributeName, String> attributes) {
    Map<QueueAttributeName, String> all = new HashMap<>(attributes);
    all.put(QueueAttributeName.FIFO_QUEUE, "true");
    return sqs.createQueue(q -> q.queueName(name).attributes(all)).queueUrl();
  }

  static String standard(SqsClient sqs, String name, Map<QueueAttributeName, String> attributes) {
    return sqs.createQueue(q -> q.queueName(name).attributes(attributes)).queueUrl();
  }

  static String send(SqsClient sqs, String queue, String group, String body, String id) {
    return sqs.sendMessage(m ->
            m.queueUrl(queue).messageBody(body).messageGroupId(group).messageDeduplicationId(id))
        .messageId();
  }

  static List<Message> receive(SqsClient sqs, String queue, int most) {
    return sqs.receiveMessage(r ->
            r.queueUrl(queue)
                .maxNumberOfMessages(most)
                .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
        .messages();
  }

  static Message awaitOne(SqsClient sqs, String queue) {
    return await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> receive(sqs, queue, 1), received -> !received.isEmpty())
        .getFirst();
  }

  static List<String> bodies(List<Message> messages) {
    return messages.stream().map(Message::body).toList();
  }

  static String counts(Message message) {
    return " received "
        + message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT);
  }

  static Object change(SqsClient sqs, String queue, Message message, int seconds) {
    return sqs.changeMessageVisibility(
        c -> c.queueUrl(queue).receiptHandle(message.receiptHandle()).visibilityTimeout(seconds));
  }

  static void show(SqsClient sqs, String queue, Message message) {
    Object _ = change(sqs, queue, message, 0);
  }

  static Object delete(SqsClient sqs, String queue, Message message) {
    return sqs.deleteMessage(d -> d.queueUrl(queue).receiptHandle(message.receiptHandle()));
  }
}
