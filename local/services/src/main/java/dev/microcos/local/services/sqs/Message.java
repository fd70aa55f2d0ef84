package dev.microcos.local.services.sqs;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message as it is kept.
 *
 * @param sentMillis when it was sent; what a move to a dead-letter queue keeps
 * @param visibleMillis when it may first be received
 * @param group the message group, or null without one
 * @param deduplicationId the id, or in its place the hash of the body; null outside FIFO queues
 * @param trace the X-Ray trace header, or null
 * @param deadLetterSource the ARN of the queue that it was moved from, or null
 */
record Message(
    String id,
    String body,
    long sentMillis,
    long visibleMillis,
    @Nullable String group,
    @Nullable String deduplicationId,
    @Nullable String trace,
    @Nullable String deadLetterSource,
    Map<String, MessageAttribute> attributes) {}
