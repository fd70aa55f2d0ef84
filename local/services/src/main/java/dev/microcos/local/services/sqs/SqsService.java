package dev.microcos.local.services.sqs;

import dev.microcos.local.services.store.Store;
import dev.microcos.local.services.transport.AwsRequest;
import dev.microcos.local.services.transport.AwsResponse;
import dev.microcos.local.services.transport.AwsService;
import dev.microcos.local.services.transport.JsonApi;
import dev.microcos.local.services.transport.JsonOperation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Amazon SQS: over the wire for everybody, and as Java for the pollers of this JVM. Wherever a
 * queue is named, its name, its URL and its ARN will do.
 */
public final class SqsService implements AwsService {

  static final String ACCOUNT = "000000000000";

  private final Queues queues;
  private final String endpoint;
  private final JsonApi api;

  /**
   * The queues of a store, with the time of a clock; {@link #wakeUp} tells of its jumps.
   *
   * @param endpoint with which the queues' URLs begin, without a slash at its end
   */
  public SqsService(Store store, InstantSource clock, String endpoint) {
    this.queues = new Queues(new QueueStore(store), clock);
    this.endpoint = endpoint;
    MessageOperations messages = new MessageOperations(queues);
    QueueOperations of = new QueueOperations(queues, this::url);
    Map<String, JsonOperation> operations =
        Map.ofEntries(
            Map.entry("SendMessage", messages::send),
            Map.entry("SendMessageBatch", messages::sendBatch),
            Map.entry("ReceiveMessage", messages::receive),
            Map.entry("DeleteMessage", messages::delete),
            Map.entry("DeleteMessageBatch", messages::deleteBatch),
            Map.entry("ChangeMessageVisibility", messages::changeVisibility),
            Map.entry("ChangeMessageVisibilityBatch", messages::changeVisibilityBatch),
            Map.entry("CreateQueue", of::create),
            Map.entry("GetQueueUrl", of::getUrl),
            Map.entry("ListQueues", of::list),
            Map.entry("GetQueueAttributes", of::getAttributes),
            Map.entry("SetQueueAttributes", of::setAttributes),
            Map.entry("PurgeQueue", of::purge),
            Map.entry("DeleteQueue", of::delete));
    this.api = new JsonApi("application/x-amz-json-1.0", "SQS", operations, SqsRefusal::invalid);
  }

  @Override
  public String signingName() {
    return "sqs";
  }

  @Override
  public AwsResponse handle(AwsRequest request) {
    return api.handle(request);
  }

  /**
   * Removes what is kept of deleted messages for the five minutes in which FIFO queues know a
   * message again: their ids and groups. Nothing waits for it.
   */
  public void removeExpired() {
    queues.removeExpired();
  }

  /** The URL of a queue of this name. */
  public String url(String name) {
    return endpoint + "/" + ACCOUNT + "/" + name;
  }

  /** The ARN of a queue of this name. */
  public static String arn(String name) {
    return "arn:aws:sqs:us-east-1:" + ACCOUNT + ":" + name;
  }

  /**
   * Makes a queue, or gives the one of this name exactly these attributes.
   *
   * @param attributes as CreateQueue takes them
   * @return the queue's URL
   */
  public String ensureQueue(String name, Map<String, String> attributes) {
    if (queues.names(name).contains(name)) {
      queues.replaceAttributes(queues.find(name), attributes);
    } else {
      Queue _ = queues.create(name, attributes);
    }
    return url(name);
  }

  /**
   * Receives up to {@code most} messages with the queue's visibility timeout, waiting up to {@code
   * wait} of real time until there is one; an empty list if there was none.
   *
   * @throws InterruptedException if the thread is interrupted while it waits; nothing was taken
   */
  public List<ReceivedMessage> receive(String queue, int most, Duration wait)
      throws InterruptedException {
    Queue found = queues.find(queue);
    return queues.receive(found, most, wait.toNanos(), found.settings.visibilityTimeoutSeconds());
  }

  /** Deletes received messages; a handle whose time is over is passed over. */
  public void delete(String queue, Collection<String> receiptHandles) {
    Queue found = queues.find(queue);
    List<Held> deleted = new ArrayList<>();
    for (String handle : receiptHandles) {
      try {
        found.delete(handle).ifPresent(deleted::add);
      } catch (SqsRefusal expired) {
        // the message is visible again: it is delivered once more
      }
    }
    queues.delete(found, deleted);
  }

  /**
   * Lets a received message become visible after so long; a handle whose time is over is passed
   * over.
   */
  public void changeVisibility(String queue, String receiptHandle, Duration visibility) {
    try {
      queues.find(queue).changeVisibility(receiptHandle, (int) visibility.toSeconds());
    } catch (SqsRefusal expired) {
      // the message is visible already
    }
  }

  /** Looks at the clock again; to be called when it jumped. */
  public void wakeUp() {
    queues.wakeUp();
  }
}
