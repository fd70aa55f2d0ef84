package dev.microcos.local.services.sqs;

import java.util.Map;

/**
 * A message as a receiver gets it.
 *
 * @param messageId the id that its sender was told
 * @param receiptHandle names this receive of it, for deleting it and changing its visibility
 * @param md5OfBody in hexadecimal
 * @param attributes all system attributes, as {@code SentTimestamp}, {@code MessageGroupId}
 * @param messageAttributes the sender's own, by name
 */
public record ReceivedMessage(
    String messageId,
    String receiptHandle,
    String body,
    String md5OfBody,
    Map<String, String> attributes,
    Map<String, MessageAttribute> messageAttributes) {}
