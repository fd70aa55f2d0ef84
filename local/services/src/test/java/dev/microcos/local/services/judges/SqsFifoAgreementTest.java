package dev.microcos.local.services.judges;

import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A FIFO queue: its groups, what is sent twice, its dead letters, and a poll that waits. */
final class SqsFifoAgreementTest extends SqsJudge {

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

  private static DeleteMessageBatchRequestEntry entry(String id, Message message) {
    return DeleteMessageBatchRequestEntry.builder()
        .id(id)
        .receiptHandle(message.receiptHandle())
        .build();
  }
}
