package dev.microcos.local.services.sqs;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

/** Names one receive of one message; opaque to receivers. */
final class ReceiptHandle {

  private static final long PROCESS = new SecureRandom().nextLong();
  private static final AtomicLong RECEIVES = new AtomicLong();

  private ReceiptHandle() {}

  /** A handle that no other receive has, in this process or one before it. */
  static String next(long sequence) {
    ByteBuffer bytes = ByteBuffer.allocate(24);
    bytes.putLong(sequence).putLong(RECEIVES.incrementAndGet()).putLong(PROCESS);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /** The sequence of the message that a handle names. */
  static long sequence(String handle) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(handle);
      if (bytes.length == 24) {
        return ByteBuffer.wrap(bytes).getLong();
      }
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      // not one of ours
    }
    throw SqsRefusal.badHandle(handle);
  }
}
