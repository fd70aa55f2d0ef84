package dev.microcos.local.services.judges;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Not a test: prints what one message costs by way of the SDK, send, receive, conditional put,
 * query and delete, at one client and at 64. Run its main method with the test class path.
 */
final class LatencyMeasurement {

  private static final String BODY = "x".repeat(1_000);

  private final DynamoDbClient dynamo;
  private final SqsClient sqs;
  private final String queue;

  private LatencyMeasurement(Ours ours) {
    dynamo = ours.dynamo();
    sqs = ours.sqs();
    Fixtures.table(dynamo, "log", ScalarAttributeType.S);
    queue =
        sqs.createQueue(q ->
                q.queueName("inbox.fifo")
                    .attributes(
                        Map.of(
                            QueueAttributeName.FIFO_QUEUE, "true",
                            QueueAttributeName.DEDUPLICATION_SCOPE, "messageGroup")))
            .queueUrl();
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory(Path.of(arguments[0]), "measure");
    try (Ours ours = new Ours(folder, InstantSource.system())) {
      LatencyMeasurement measurement = new LatencyMeasurement(ours);
      measurement.one(0, 3_000, false);
      measurement.one(1, 3_000, true);
      measurement.many(64, 100, false);
      measurement.many(64, 300, true);
    }
  }

  private void one(int person, int messages, boolean print) {
    long[][] nanos = new long[6][messages];
    for (int i = 0; i < messages; i++) {
      long start = System.nanoTime();
      String id = person + "-" + i;
      sqs.sendMessage(m ->
          m.queueUrl(queue)
              .messageBody(BODY)
              .messageGroupId("g" + person)
              .messageDeduplicationId(id));
      long sent = System.nanoTime();
      Message message =
          sqs.receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(10)).messages().getFirst();
      long received = System.nanoTime();
      put(person, i);
      long put = System.nanoTime();
      dynamo.query(q ->
          q.tableName("log")
              .keyConditionExpression("pk = :p")
              .limit(1)
              .scanIndexForward(false)
              .expressionAttributeValues(Map.of(":p", AttributeValue.fromS("USER#" + person))));
      long queried = System.nanoTime();
      sqs.deleteMessage(d -> d.queueUrl(queue).receiptHandle(message.receiptHandle()));
      long deleted = System.nanoTime();
      nanos[0][i] = sent - start;
      nanos[1][i] = received - sent;
      nanos[2][i] = put - received;
      nanos[3][i] = queried - put;
      nanos[4][i] = deleted - queried;
      nanos[5][i] = deleted - start;
    }
    if (print) {
      String[] names = {"send", "receive", "put", "query", "delete", "all"};
      for (int step = 0; step < names.length; step++) {
        Arrays.sort(nanos[step]);
        System.out.printf(
            Locale.ROOT,
            "%-8s p50 %.3f ms  p99 %.3f ms%n",
            names[step],
            nanos[step][messages / 2] / 1e6,
            nanos[step][messages * 99 / 100] / 1e6);
      }
    }
  }

  private void put(int person, int i) {
    dynamo.putItem(p ->
        p.tableName("log")
            .item(
                Map.of(
                    "pk", AttributeValue.fromS("USER#" + person),
                    "sk", AttributeValue.fromS(String.format(Locale.ROOT, "%012d", i)),
                    "data", AttributeValue.fromS(BODY)))
            .conditionExpression("attribute_not_exists(sk)"));
  }

  private void many(int clients, int messages, boolean print) throws Exception {
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int client = 0; client < clients; client++) {
        int person = (print ? 1_000 : 2_000) + client;
        running.add(
            threads.submit(() -> {
              for (int i = 0; i < messages; i++) {
                put(person, i);
              }
            }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
    if (print) {
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          Locale.ROOT, "%d writers: %.0f puts/s%n", clients, clients * messages / seconds);
    }
  }
}
