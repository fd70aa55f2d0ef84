package dev.microcos.core.domain.id;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The first 128 bits of a SHA-256 over texts, each with its length before it so that no two lists
 * of texts read alike.
 *
 * @param first the first 64 bits
 * @param second the next 64 bits
 */
public record Digest(long first, long second) {

  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int CHARACTERS = 26;

  /** The digest of the given texts. */
  public static Digest of(String... texts) {
    MessageDigest sha = sha256();
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
      sha.update(bytes);
    }
    ByteBuffer hash = ByteBuffer.wrap(sha.digest());
    return new Digest(hash.getLong(), hash.getLong());
  }

  /** The digest of the given texts as 26 characters of base32 in lower case. */
  public static String base32(String... texts) {
    Digest digest = of(texts);
    StringBuilder text = new StringBuilder(CHARACTERS);
    long high = digest.first;
    long low = digest.second;
    for (int i = 0; i < CHARACTERS; i++) {
      text.append(BASE32.charAt((int) (high >>> 59)));
      high = (high << 5) | (low >>> 59);
      low <<= 5;
    }
    return text.toString();
  }

  /** The whole SHA-256 of a text in UTF-8, in hex. */
  public static String hex(String text) {
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
