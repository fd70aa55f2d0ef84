package dev.microcos.local.services.lambda;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.MessageAttribute;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The queue that an {@link EventSourceMapping} reads. Calls come from many threads at once. */
public interface QueueSource {

  /**
   * Takes up to {@code max} messages, waiting up to {@code wait} for the first one; an empty list
   * if none came. What is taken is invisible to others for the queue's visibility timeout.
   *
   * @throws InterruptedException if the wait was cut short; no message was taken then
   */
  List<Message> receive(int max, Duration wait) throws InterruptedException;

  /** Deletes messages for good; an unknown or outdated handle is passed over. */
  void delete(List<String> receiptHandles);

  /**
   * Sets the time from now after which a taken message is to be had again; zero gives it back at
   * once.
   */
  void release(String receiptHandle, Duration visibility);

  /**
   * A message as ReceiveMessage gives it, with all its system attributes.
   *
   * @param attributes by AWS's names, such as {@code MessageGroupId} and {@code
   *     ApproximateReceiveCount}
   * @param messageAttributes what the sender added
   * @param md5OfMessageAttributes empty if there are none
   */
  record Message(
      String messageId,
      String receiptHandle,
      String body,
      Map<String, String> attributes,
      Map<String, MessageAttribute> messageAttributes,
      String md5OfBody,
      String md5OfMessageAttributes) {}
}
