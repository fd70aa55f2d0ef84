package dev.microcos.local.services.sqs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** The MD5 checksums by which SQS lets its callers check what arrived. */
final class Md5 {

  private Md5() {}

  static String of(String text) {
    return HexFormat.of().formatHex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Of message attributes, as the developer guide defines it: sorted by name; of each the name, the
   * data type, one byte for the kind of value, and the value, all but the byte led by their length.
   */
  static String of(Map<String, MessageAttribute> attributes) {
    MessageDigest digest = digest();
    new TreeMap<>(attributes)
        .forEach((name, attribute) -> {
          update(digest, name.getBytes(StandardCharsets.UTF_8));
          update(digest, attribute.dataType().getBytes(StandardCharsets.UTF_8));
          String text = attribute.text();
          byte[] binary = attribute.binary();
          if (text != null) {
            digest.update((byte) 1);
            update(digest, text.getBytes(StandardCharsets.UTF_8));
          } else if (binary != null) {
            digest.update((byte) 2);
            update(digest, binary);
          }
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, byte[] bytes) {
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
