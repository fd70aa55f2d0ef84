package dev.microcos.local.services.judges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * The same calls to our SQS and to ElasticMQ, which must answer the same, but where ElasticMQ is
 * known to answer otherwise than AWS says.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SqsAgreementTest {

  private static final Duration SOON = Duration.ofSeconds(10);

  private SQSRestServer judge;
  private SqsClient judgeClient;
  private Ours ours;

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
  private interface Script {
    void run(SqsClient sqs, Transcript notes);
  }

  private void agree(Script script) {
    agreeBut(Map.of(), script);
  }

  /**
   * Agrees on all but what AWS answers otherwise than the judge.
   *
   * @param asAwsSays AWS's answers by their names
   */
  private void agreeBut(Map<String, String> asAwsSays, Script script) {
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

  @Test
  void a_group_comes_in_its_order_and_waits_while_it_is_in_flight() {
    agree((sqs, notes) -> {
      String queue = fifo(sqs, "order.fifo", Map.of());
      for (String body : List.of("a1", "b1", "a2", "a3", "b2")) {
        send(sqs, queue, body.substring(0, 1), body, body);
      }
      List<Message> first = receive(sqs, queue, 1);
      notes.note("first", () -> bodies(first));
      List<Message> other = receive(sqs, queue, 10);
      notes.note("the other group", () -> bodies(other));
      notes.note("nothing while both are in flight", () -> bodies(receive(sqs, queue, 10)));
      delete(sqs, queue, first.getFirst());
      List<Message> next = receive(sqs, queue, 10);
      notes.note("the rest of the group", () -> bodies(next));
      delete(sqs, queue, next.getLast());
      notes.note("still in flight in part", () -> bodies(receive(sqs, queue, 10)));
      show(sqs, queue, next.getFirst());
      notes.note("again", () -> bodies(receive(sqs, queue, 10)));
      other.forEach(message -> delete(sqs, queue, message));
      notes.note("the second group is through", () -> bodies(receive(sqs, queue, 10)));
    });
  }

  @Test
  void what_is_sent_twice_comes_once() {
    agree((sqs, notes) -> {
      String queue = fifo(sqs, "twice.fifo", Map.of());
      String id = send(sqs, queue, "g", "one", "d1");
      notes.note("same id", () -> send(sqs, queue, "g", "other body", "d1").equals(id));
      notes.note("other id", () -> send(sqs, queue, "g", "one", "d2").equals(id));
      List<Message> received = receive(sqs, queue, 10);
      notes.note("received", () -> bodies(received));
      received.forEach(message -> delete(sqs, queue, message));
      notes.note("after its end", () -> send(sqs, queue, "g", "once more", "d1").equals(id));
      notes.note("nothing comes of it", () -> bodies(receive(sqs, queue, 10)));

      String byContent =
          fifo(sqs, "content.fifo", Map.of(QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true"));
      for (String body : List.of("x", "y", "x")) {
        sqs.sendMessage(m -> m.queueUrl(byContent).messageGroupId("g").messageBody(body));
      }
      notes.note("by content", () -> bodies(receive(sqs, byContent, 10)));
    });
  }

  @Test
  void visibility() {
    // AWS, ChangeMessageVisibility: "Values range: 0 to 43200."
    agreeBut(
        Map.of("too long", "refused: InvalidParameterValue"),
        (sqs, notes) -> {
          String queue =
              standard(sqs, "visible", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "1"));
          sqs.sendMessage(m -> m.queueUrl(queue).messageBody("seen"));
          Message first = receive(sqs, queue, 1).getFirst();
          notes.note("hidden", () -> bodies(receive(sqs, queue, 1)));
          Message second = awaitOne(sqs, queue);
          notes.note("comes back by itself", () -> second.body() + counts(second));
          notes.note("another handle", () -> second.receiptHandle().equals(first.receiptHandle()));
          change(sqs, queue, second, 600);
          change(sqs, queue, second, 0);
          Message third = awaitOne(sqs, queue);
          notes.note("comes back at once", () -> third.body() + counts(third));
          change(sqs, queue, third, 600);
          notes.note("hidden for long", () -> bodies(receive(sqs, queue, 1)));
          notes.note("too long", () -> change(sqs, queue, third, 43_201));
          delete(sqs, queue, third);
          notes.note(
              "waits before it comes",
              () -> {
                sqs.sendMessage(m -> m.queueUrl(queue).messageBody("later").delaySeconds(1));
                List<String> now = bodies(receive(sqs, queue, 1));
                return now + awaitOne(sqs, queue).body();
              });
        });
  }

  @Test
  void what_is_received_too_often_goes_to_the_dead_letters() {
    agree((sqs, notes) -> {
      String dead = fifo(sqs, "dead.fifo", Map.of());
      String arn =
          sqs.getQueueAttributes(g -> g.queueUrl(dead).attributeNames(QueueAttributeName.QUEUE_ARN))
              .attributes()
              .get(QueueAttributeName.QUEUE_ARN);
      notes.note("arn", () -> arn);
      String queue =
          fifo(
              sqs,
              "poison.fifo",
              Map.of(
                  QueueAttributeName.REDRIVE_POLICY,
                  "{\"deadLetterTargetArn\":\"" + arn + "\",\"maxReceiveCount\":2}"));
      send(sqs, queue, "g", "poison", "1");
      send(sqs, queue, "g", "good", "2");
      for (int i = 0; i < 2; i++) {
        List<Message> received = receive(sqs, queue, 1);
        notes.note("poison " + i, () -> bodies(received) + counts(received.getFirst()));
        show(sqs, queue, received.getFirst());
      }
      Message good = awaitOne(sqs, queue);
      notes.note("the next one of the group", () -> good.body() + counts(good));
      Message buried = awaitOne(sqs, dead);
      notes.note(
          "buried",
          () ->
              buried.body()
                  + buried.attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID)
                  + buried
                      .attributes()
                      .get(MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN));
    });
  }

  @Test
  void a_standard_queue_gives_all() {
    agree((sqs, notes) -> {
      String queue = standard(sqs, "standard", Map.of());
      notes.note(
          "batch",
          () ->
              sqs
                  .sendMessageBatch(b ->
                      b.queueUrl(queue)
                          .entries(
                              IntStream.range(0, 10)
                                  .mapToObj(i ->
                                      SendMessageBatchRequestEntry.builder()
                                          .id("e" + i)
                                          .messageBody("m" + i)
                                          .build())
                                  .toList()))
                  .successful()
                  .stream()
                  .map(entry -> entry.id() + entry.md5OfMessageBody())
                  .sorted()
                  .toList());
      List<Message> received = new ArrayList<>();
      until(() -> received.addAll(receive(sqs, queue, 10)) && received.size() >= 10);
      notes.note("all", () -> bodies(received).stream().sorted().toList());
      notes.note("none is left", () -> bodies(receive(sqs, queue, 10)));
      sqs.sendMessage(m ->
          m.queueUrl(queue)
              .messageBody("with attributes")
              .messageAttributes(
                  Map.of(
                      "kind",
                      MessageAttributeValue.builder().dataType("String").stringValue("k").build(),
                      "size",
                      MessageAttributeValue.builder()
                          .dataType("Number")
                          .stringValue("7")
                          .build())));
      notes.note(
          "attributes",
          () -> {
            Message message =
                sqs.receiveMessage(r -> r.queueUrl(queue).messageAttributeNames("All"))
                    .messages()
                    .getFirst();
            return message.md5OfBody()
                + message.md5OfMessageAttributes()
                + message.messageAttributes().keySet().stream().sorted().toList();
          });
    });
  }

  @Test
  void some_of_a_batch_are_deleted() {
    // AWS, DeleteMessage: who deletes again "may not get an error"; a retry must not fail.
    agreeBut(
        Map.of("deleted twice", "DeleteMessageResponse()"),
        (sqs, notes) -> {
          String queue = fifo(sqs, "partial.fifo", Map.of());
          for (String body : List.of("1", "2", "3", "4")) {
            send(sqs, queue, "g", body, body);
          }
          List<Message> received = receive(sqs, queue, 10);
          notes.note("received", () -> bodies(received));
          notes.note(
              "deleted",
              () ->
                  sqs
                      .deleteMessageBatch(b ->
                          b.queueUrl(queue)
                              .entries(
                                  entry("one", received.get(0)), entry("two", received.get(1))))
                      .successful()
                      .stream()
                      .map(done -> done.id())
                      .sorted()
                      .toList());
          show(sqs, queue, received.get(2));
          show(sqs, queue, received.get(3));
          List<Message> rest = receive(sqs, queue, 10);
          notes.note("the rest", () -> bodies(rest));
          rest.forEach(message -> delete(sqs, queue, message));
          notes.note("deleted twice", () -> delete(sqs, queue, rest.getFirst()));
          notes.note("none is left", () -> bodies(receive(sqs, queue, 10)));
        });
  }

  @Test
  void a_long_poll_ends_when_something_comes() {
    agree((sqs, notes) -> {
      String queue = fifo(sqs, "poll.fifo", Map.of());
      long start = System.nanoTime();
      notes.note(
          "nothing",
          () -> bodies(sqs.receiveMessage(r -> r.queueUrl(queue).waitTimeSeconds(1)).messages()));
      notes.note("it waited", () -> System.nanoTime() - start >= 990_000_000L);
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<List<String>> polled =
            threads.submit(() ->
                bodies(sqs.receiveMessage(r -> r.queueUrl(queue).waitTimeSeconds(20)).messages()));
        send(sqs, queue, "g", "here", "1");
        await().atMost(SOON).until(polled::isDone);
        notes.note("something", polled::resultNow);
      }
    });
  }

  @Test
  void refusals() {
    String badParameter = "refused: InvalidParameterValue";
    Map<String, String> asAwsSays =
        Map.of(
            "an empty batch", "refused: EmptyBatchRequestException",
            "eleven messages", badParameter,
            "too long a poll", badParameter,
            "a name with a blank", badParameter,
            "FIFO without its ending", badParameter);
    agreeBut(
        asAwsSays,
        (sqs, notes) -> {
          String queue = fifo(sqs, "refusals.fifo", Map.of());
          String standard = standard(sqs, "refusals", Map.of());
          String nowhere = standard.replace("refusals", "nowhere");
          notes.note("no queue", () -> sqs.getQueueUrl(g -> g.queueName("nowhere")));
          notes.note(
              "send to no queue", () -> sqs.sendMessage(m -> m.queueUrl(nowhere).messageBody("x")));
          notes.note("receive from no queue", () -> sqs.receiveMessage(r -> r.queueUrl(nowhere)));
          notes.note(
              "no group",
              () ->
                  sqs.sendMessage(
                      m -> m.queueUrl(queue).messageBody("x").messageDeduplicationId("1")));
          notes.note(
              "no id",
              () -> sqs.sendMessage(m -> m.queueUrl(queue).messageBody("x").messageGroupId("g")));
          notes.note("a group with a blank", () -> send(sqs, queue, "a b", "x", "1"));
          notes.note(
              "an empty batch",
              () -> sqs.sendMessageBatch(b -> b.queueUrl(standard).entries(List.of())));
          notes.note(
              "eleven entries",
              () -> sqs.sendMessageBatch(b -> b.queueUrl(standard).entries(entries("e", 11))));
          notes.note(
              "the same entry twice",
              () ->
                  sqs.sendMessageBatch(b ->
                      b.queueUrl(standard)
                          .entries(entries("e", 1).getFirst(), entries("e", 1).getFirst())));
          notes.note(
              "an entry without a group",
              () ->
                  sqs
                      .sendMessageBatch(b -> b.queueUrl(queue).entries(entries("e", 1)))
                      .failed()
                      .stream()
                      .map(BatchResultErrorEntry::code)
                      .toList());
          notes.note(
              "eleven messages",
              () -> sqs.receiveMessage(r -> r.queueUrl(standard).maxNumberOfMessages(11)));
          notes.note(
              "too long a poll",
              () -> sqs.receiveMessage(r -> r.queueUrl(standard).waitTimeSeconds(21)));
          notes.note(
              "no handle",
              () -> sqs.deleteMessage(d -> d.queueUrl(standard).receiptHandle("not a handle")));
          notes.note("a name with a blank", () -> sqs.createQueue(c -> c.queueName("not a name")));
          notes.note(
              "FIFO without its ending",
              () ->
                  sqs.createQueue(c ->
                      c.queueName("fifo")
                          .attributes(Map.of(QueueAttributeName.FIFO_QUEUE, "true"))));
          notes.note(
              "with other attributes",
              () ->
                  sqs.createQueue(c ->
                      c.queueName("refusals")
                          .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "77"))));
          notes.note(
              "deleted",
              () -> {
                sqs.deleteQueue(d -> d.queueUrl(standard));
                return sqs.sendMessage(m -> m.queueUrl(standard).messageBody("x"));
              });
        });
  }

  private static String fifo(
      SqsClient sqs, String name, Map<QueueAttributeName, String> attributes) {
    Map<QueueAttributeName, String> all = new HashMap<>(attributes);
    all.put(QueueAttributeName.FIFO_QUEUE, "true");
    return sqs.createQueue(q -> q.queueName(name).attributes(all)).queueUrl();
  }

  private static String standard(
      SqsClient sqs, String name, Map<QueueAttributeName, String> attributes) {
    return sqs.createQueue(q -> q.queueName(name).attributes(attributes)).queueUrl();
  }

  private static String send(SqsClient sqs, String queue, String group, String body, String id) {
    return sqs.sendMessage(m ->
            m.queueUrl(queue).messageBody(body).messageGroupId(group).messageDeduplicationId(id))
        .messageId();
  }

  private static List<SendMessageBatchRequestEntry> entries(String id, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> SendMessageBatchRequestEntry.builder().id(id + i).messageBody("body " + i).build())
        .toList();
  }

  private static DeleteMessageBatchRequestEntry entry(String id, Message message) {
    return DeleteMessageBatchRequestEntry.builder()
        .id(id)
        .receiptHandle(message.receiptHandle())
        .build();
  }

  private static List<Message> receive(SqsClient sqs, String queue, int most) {
    return sqs.receiveMessage(r ->
            r.queueUrl(queue)
                .maxNumberOfMessages(most)
                .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
        .messages();
  }

  private static Message awaitOne(SqsClient sqs, String queue) {
    return await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> receive(sqs, queue, 1), received -> !received.isEmpty())
        .getFirst();
  }

  private static void until(BooleanSupplier enough) {
    await().atMost(SOON).pollInterval(Duration.ofMillis(10)).until(enough::getAsBoolean);
  }

  private static List<String> bodies(List<Message> messages) {
    return messages.stream().map(Message::body).toList();
  }

  private static String counts(Message message) {
    return " received "
        + message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT);
  }

  private static Object change(SqsClient sqs, String queue, Message message, int seconds) {
    return sqs.changeMessageVisibility(
        c -> c.queueUrl(queue).receiptHandle(message.receiptHandle()).visibilityTimeout(seconds));
  }

  private static void show(SqsClient sqs, String queue, Message message) {
    Object _ = change(sqs, queue, message, 0);
  }

  private static Object delete(SqsClient sqs, String queue, Message message) {
    return sqs.deleteMessage(d -> d.queueUrl(queue).receiptHandle(message.receiptHandle()));
  }
}
