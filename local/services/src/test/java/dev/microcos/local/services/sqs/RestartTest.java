package dev.microcos.local.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.microcos.local.services.judges.Fixtures;
import dev.microcos.local.services.judges.Ours;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.sqs.SqsClient;

class RestartTest {

  private static final String QUEUE = "inbox.fifo";

  @TempDir Path folder = Path.of("");
  private int lives;

  /** The services with the data as a killed process would have left it at this moment. */
  private Ours afterCrashOf(Ours ours) throws IOException {
    Path copy = Files.createDirectory(folder.resolve("life" + ++lives));
    Path before = folder.resolve("life" + (lives - 1));
    ours.store.read(session -> {
      for (String file : List.of("store.db", "store.db-wal")) {
        try {
          Path _ = Files.copy(before.resolve(file), copy.resolve(file));
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      }
      return true;
    });
    ours.close();
    return new Ours(copy, InstantSource.system());
  }

  private Ours start() {
    return new Ours(folder.resolve("life0"), InstantSource.system());
  }

  private static void makeQueues(Ours ours) {
    String dead = ours.sqsService.ensureQueue("dead.fifo", Map.of("FifoQueue", "true"));
    assertThat(dead).endsWith("/dead.fifo");
    String queue =
        ours.sqsService.ensureQueue(
            QUEUE,
            Map.of(
                "FifoQueue",
                "true",
                "RedrivePolicy",
                "{\"deadLetterTargetArn\":\""
                    + SqsService.arn("dead.fifo")
                    + "\",\"maxReceiveCount\":2}"));
    assertThat(queue).endsWith("/" + QUEUE);
  }

  private static String send(Ours ours, String body) {
    try (SqsClient sqs = ours.sqs()) {
      return sqs.sendMessage(m ->
              m.queueUrl(ours.sqsService.url(QUEUE))
                  .messageGroupId("g")
                  .messageDeduplicationId(body)
                  .messageBody(body))
          .sequenceNumber();
    }
  }

  private static List<ReceivedMessage> receive(Ours ours, String queue) throws Exception {
    return ours.sqsService.receive(queue, 10, Duration.ZERO);
  }

  private static String count(ReceivedMessage message) {
    return message.attributes().getOrDefault("ApproximateReceiveCount", "none");
  }

  private static long countOnDisk(Ours ours) {
    return ours.store.read(session -> {
      try (var row = session.statement("SELECT max(receives) FROM sqs_message").executeQuery()) {
        return row.next() ? row.getLong(1) : 0L;
      }
    });
  }

  @Test
  void of_a_deleted_message_nothing_is_left_once_it_may_be_sent_again() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    try (Ours ours = new Ours(folder.resolve("life0"), now::get)) {
      makeQueues(ours);
      for (String body : List.of("hello", "later")) {
        String _ = send(ours, body);
        ours.sqsService.delete(QUEUE, List.of(receive(ours, QUEUE).getFirst().receiptHandle()));
        now.updateAndGet(time -> time.plusMillis(300));
      }
      ours.sqsService.removeExpired();
      await().until(() -> rows(ours, "gone = 1") == 2);
      String _ = send(ours, "last");
      ours.sqsService.delete(QUEUE, List.of(receive(ours, QUEUE).getFirst().receiptHandle()));
      now.updateAndGet(time -> time.plus(Duration.ofMinutes(6)));
      ours.sqsService.removeExpired();
      await().until(() -> rows(ours, "gone = 1") == 0);
      assertThat(rows(ours, "gone = 0")).isZero();
    }
  }

  private static long rows(Ours ours, String which) {
    return ours.store.read(session -> {
      try (var row =
          session.statement("SELECT count(*) FROM sqs_message WHERE " + which).executeQuery()) {
        return row.next() ? row.getLong(1) : 0L;
      }
    });
  }

  @Test
  void what_was_not_deleted_comes_again_and_counts_go_on() throws Exception {
    Ours ours = start();
    makeQueues(ours);
    String _ = send(ours, "hello");
    assertThat(count(receive(ours, QUEUE).getFirst())).isEqualTo("1");
    Ours open = ours;
    await().until(() -> countOnDisk(open) == 1);
    ours = afterCrashOf(ours);
    ReceivedMessage again = receive(ours, QUEUE).getFirst();
    assertThat(again.body()).isEqualTo("hello");
    assertThat(count(again)).isEqualTo("2");
    ours.close();
  }

  @Test
  void a_message_that_kills_each_process_reaches_the_dead_letters() throws Exception {
    Ours ours = start();
    makeQueues(ours);
    String _ = send(ours, "poison");
    assertThat(receive(ours, QUEUE)).hasSize(1);
    for (int i = 0; i < 2; i++) {
      ours = afterCrashOf(ours); // at once: before any count was written but those of survivors
      if (receive(ours, "dead.fifo").isEmpty()) {
        List<ReceivedMessage> _ = receive(ours, QUEUE);
      }
    }
    ours = afterCrashOf(ours);
    assertThat(receive(ours, QUEUE)).isEmpty();
    ReceivedMessage buried = receive(ours, "dead.fifo").getFirst();
    assertThat(buried.body()).isEqualTo("poison");
    ours.close();
  }

  @Test
  void no_sequence_number_is_given_twice() throws Exception {
    Ours ours = start();
    makeQueues(ours);
    String first = send(ours, "one");
    ours.sqsService.delete(QUEUE, List.of(receive(ours, QUEUE).getFirst().receiptHandle()));
    ours.close();
    ours = start();
    String url = ours.sqsService.url(QUEUE);
    try (SqsClient sqs = ours.sqs()) {
      sqs.purgeQueue(p -> p.queueUrl(url));
    }
    assertThat(send(ours, "two")).isGreaterThan(first).hasSameSizeAs(first);
    ours.close();
  }

  @Test
  void what_was_sent_is_known_as_sent_for_five_minutes() throws Exception {
    Ours ours = start();
    makeQueues(ours);
    String first = send(ours, "one");
    ours.sqsService.delete(QUEUE, List.of(receive(ours, QUEUE).getFirst().receiptHandle()));
    ours.close();
    ours = start();
    assertThat(send(ours, "one")).isEqualTo(first);
    assertThat(receive(ours, QUEUE)).isEmpty();
    ours.close();
  }

  @Test
  void what_was_sent_may_be_sent_again_after_five_minutes_to_the_millisecond() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochMilli(1_000_000_000_000L));
    try (Ours ours = new Ours(folder.resolve("life0"), now::get)) {
      makeQueues(ours);
      String first = send(ours, "one");
      now.updateAndGet(time -> time.plus(Duration.ofMinutes(5)).minusMillis(1));
      assertThat(send(ours, "one")).isEqualTo(first);
      now.updateAndGet(time -> time.plusMillis(1));
      String second = send(ours, "one");
      assertThat(second).isGreaterThan(first);
      assertThat(send(ours, "one")).isEqualTo(second);
    }
  }

  @Test
  void a_dead_letter_stays_known_as_sent() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochMilli(1_000_000_000_000L));
    try (Ours ours = new Ours(folder.resolve("life0"), now::get)) {
      makeQueues(ours);
      String first = send(ours, "poison");
      for (int i = 0; i < 2; i++) {
        assertThat(receive(ours, QUEUE)).hasSize(1);
        now.updateAndGet(time -> time.plus(Duration.ofMinutes(1)));
      }
      assertThat(receive(ours, QUEUE)).isEmpty();
      assertThat(receive(ours, "dead.fifo")).hasSize(1);
      assertThat(send(ours, "poison")).isEqualTo(first);
      assertThat(receive(ours, QUEUE)).isEmpty();
    }
  }

  @Test
  void a_purge_takes_the_messages_and_leaves_them_known_as_sent() throws Exception {
    Ours ours = start();
    makeQueues(ours);
    String first = send(ours, "one");
    try (SqsClient sqs = ours.sqs()) {
      sqs.purgeQueue(p -> p.queueUrl(QUEUE));
    }
    assertThat(send(ours, "one")).isEqualTo(first);
    ours = afterCrashOf(ours);
    assertThat(send(ours, "one")).isEqualTo(first);
    assertThat(receive(ours, QUEUE)).isEmpty();
    assertThat(rows(ours, "body IS NOT NULL")).isZero();
    ours.close();
  }

  @Test
  void a_message_costs_a_sync_for_its_send_and_one_for_the_commit_that_it_leads_to()
      throws Exception {
    Ours ours = start();
    makeQueues(ours);
    int messages = 100;
    try (DynamoDbClient dynamo = ours.dynamo()) {
      Fixtures.table(dynamo, "log", ScalarAttributeType.S);
      long before = ours.store.syncs();
      for (int i = 0; i < messages; i++) {
        String pk = "message-" + i;
        String _ = send(ours, pk);
        List<ReceivedMessage> received = receive(ours, QUEUE);
        dynamo.putItem(p ->
            p.tableName("log")
                .item(Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS("1"))));
        ours.sqsService.delete(QUEUE, List.of(received.getFirst().receiptHandle()));
      }
      // Some more where the machine made it wait so long that what is lazy was written by itself.
      assertThat(ours.store.syncs() - before).isBetween(2L * messages, 2L * messages + 20);
    }
    ours.close();
  }
}
