package dev.microcos.local.services.judges;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * A standard queue: how long a message is out of sight, batches, attributes, and what is refused.
 */
final class SqsQueuesAgreementTest extends SqsJudge {

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

  private static List<SendMessageBatchRequestEntry> entries(String id, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> SendMessageBatchRequestEntry.builder().id(id + i).messageBody("body " + i).build())
        .toList();
  }

  private static void until(BooleanSupplier enough) {
    await().atMost(SOON).pollInterval(Duration.ofMillis(10)).until(enough::getAsBoolean);
  }
}
