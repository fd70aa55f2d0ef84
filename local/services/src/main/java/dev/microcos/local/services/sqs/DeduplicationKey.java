package dev.microcos.local.services.sqs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A hash of what makes sends equal: the group, where it counts, and the deduplication id. */
record DeduplicationKey(long high, long low) {

  static DeduplicationKey of(String scope, String id) {
    MessageDigest sha = sha256();
    sha.update(scope.getBytes(StandardCharsets.UTF_8));
    sha.update((byte) 0);
    ByteBuffer hash = ByteBuffer.wrap(sha.digest(id.getBytes(StandardCharsets.UTF_8)));
    return new DeduplicationKey(hash.getLong(), hash.getLong());
  }

  /** Whether a message of this group and deduplication id has it, in either scope. */
  boolean isOf(String group, String id) {
    return equals(of("", id)) || equals(of(group, id));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
