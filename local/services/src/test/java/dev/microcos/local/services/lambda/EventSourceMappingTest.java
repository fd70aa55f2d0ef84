package dev.microcos.local.services.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.microcos.local.services.lambda.QueueSource.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventSourceMappingTest {

  private static final String ARN = "arn:aws:sqs:us-east-1:000000000000:inbox.fifo";

  private final Queue queue = new Queue();
  private final Watchdog watchdog = Watchdog.start();
  private final List<EventSourceMapping> running = new ArrayList<>();

  @AfterEach
  void stop() {
    running.forEach(EventSourceMapping::close);
    watchdog.close();
  }

  /** A queue in memory that shows what was done to it. */
  private static final class Queue implements QueueSource {
    final BlockingQueue<List<Message>> batches = new LinkedBlockingQueue<>();
    final BlockingQueue<List<String>> deleted = new LinkedBlockingQueue<>();
    final BlockingQueue<String> released = new LinkedBlockingQueue<>();

    @Override
    public List<Message> receive(int max, Duration wait) throws InterruptedException {
      List<Message> batch = batches.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
      if (batch != null && batch.isEmpty()) {
        throw new IllegalStateException("the store is down");
      }
      return batch == null ? List.of() : batch;
    }

    @Override
    public void delete(List<String> receiptHandles) {
      deleted.add(receiptHandles);
    }

    @Override
    public void release(String receiptHandle, Duration visibility) {
      released.add(receiptHandle + " " + visibility);
    }
  }

  private static Message message(String id) {
    return new Message(
        id, "h" + id, "body " + id, Map.of("MessageGroupId", "g"), Map.of(), "md5", "");
  }

  private EventSourceMapping map(
      int concurrency, boolean partial, RequestHandler<SQSEvent, SQSBatchResponse> handler) {
    FunctionConfiguration function =
        new FunctionConfiguration(
            "reducer", "arn:f", "Reducer", 512, Duration.ofSeconds(10), OptionalInt.empty());
    EventSourceMapping mapping =
        new EventSourceMapping(
            new MappingConfiguration(ARN, 10, concurrency, partial),
            queue,
            new LambdaFunction(function, handler, watchdog));
    running.add(mapping);
    mapping.start();
    return mapping;
  }

  private static SQSBatchResponse failed(String... ids) {
    return new SQSBatchResponse(java.util.Arrays.stream(ids).map(BatchItemFailure::new).toList());
  }

  @Test
  void a_batch_that_went_well_is_deleted() throws Exception {
    BlockingQueue<SQSEvent> events = new LinkedBlockingQueue<>();
    map(
        4,
        true,
        (event, context) -> {
          events.add(event);
          return failed();
        });
    queue.batches.add(List.of(message("1"), message("2")));
    SQSEvent.SQSMessage first = events.take().getRecords().getFirst();
    assertThat(first.getBody()).isEqualTo("body 1");
    assertThat(first.getAttributes()).containsEntry("MessageGroupId", "g");
    assertThat(first.getEventSourceArn()).isEqualTo(ARN);
    assertThat(first.getEventSource()).isEqualTo("aws:sqs");
    assertThat(first.getAwsRegion()).isEqualTo("us-east-1");
    assertThat(queue.deleted.take()).containsExactly("h1", "h2");
  }

  @Test
  void only_what_is_named_as_failed_stays() throws Exception {
    map(4, true, (event, context) -> failed("2"));
    queue.batches.add(List.of(message("1"), message("2"), message("3")));
    assertThat(queue.deleted.take()).containsExactly("h1", "h3");
  }

  @Test
  void a_batch_fails_whole_by_an_exception_or_a_name_that_is_none() throws Exception {
    map(
        1,
        true,
        (event, context) ->
            switch (event.getRecords().getFirst().getMessageId()) {
              case "1" -> throw new IllegalStateException("no");
              case "2" -> failed("");
              case "3" -> failed("not in the batch");
              default -> failed();
            });
    for (int i = 1; i <= 4; i++) {
      queue.batches.add(List.of(message(Integer.toString(i))));
    }
    assertThat(queue.deleted.take()).containsExactly("h4");
  }

  @Test
  void without_partial_answers_the_answer_does_not_count() throws Exception {
    map(1, false, (event, context) -> failed("1"));
    queue.batches.add(List.of(message("1")));
    assertThat(queue.deleted.take()).containsExactly("h1");
  }

  @Test
  void batches_run_side_by_side_up_to_the_maximum() throws Exception {
    CountDownLatch three = new CountDownLatch(3);
    CountDownLatch go = new CountDownLatch(1);
    map(
        3,
        true,
        (event, context) -> {
          three.countDown();
          await(go);
          return failed();
        });
    for (int i = 0; i < 5; i++) {
      queue.batches.add(List.of(message("m" + i)));
    }
    three.await();
    assertThat(queue.batches).hasSize(2);
    go.countDown();
    for (int i = 0; i < 5; i++) {
      queue.deleted.take();
    }
  }

  @Test
  void a_queue_that_fails_is_asked_again() throws Exception {
    map(1, true, (event, context) -> failed());
    queue.batches.add(List.of());
    queue.batches.add(List.of(message("1")));
    assertThat(queue.deleted.take()).containsExactly("h1");
  }

  @Test
  void stopping_waits_for_work_within_its_limit() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    EventSourceMapping mapping =
        map(
            2,
            true,
            (event, context) -> {
              begun.countDown();
              await(go);
              return failed();
            });
    queue.batches.add(List.of(message("1")));
    begun.await();
    assertThat(mapping.stop(Duration.ofMillis(50))).isFalse();
    go.countDown();
    assertThat(mapping.stop(Duration.ofSeconds(10))).isTrue();
    assertThat(queue.deleted.take()).containsExactly("h1");
    queue.batches.add(List.of(message("2")));
    assertThat(queue.deleted).isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
