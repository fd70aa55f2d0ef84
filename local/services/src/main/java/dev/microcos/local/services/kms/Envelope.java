package dev.microcos.local.services.kms;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.SortedMap;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * A ciphertext blob: a byte for the format, the length and text of the key's id, 12 bytes of nonce,
 * then AES-256-GCM over the plaintext. The head and the encryption context are authenticated.
 */
final class Envelope {

  private static final byte FORMAT = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Envelope() {}

  static byte[] seal(
      String id, SecretKey key, byte[] plaintext, SortedMap<String, String> context) {
    byte[] idBytes = id.getBytes(StandardCharsets.UTF_8);
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    byte[] head =
        ByteBuffer.allocate(2 + idBytes.length)
            .put(FORMAT)
            .put((byte) idBytes.length)
            .put(idBytes)
            .array();
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, head, context).doFinal(plaintext);
      return ByteBuffer.allocate(head.length + nonce.length + sealed.length)
          .put(head)
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  /** The id of the key that sealed a blob. */
  static String keyId(byte[] blob) {
    if (blob.length < 2 || blob[0] != FORMAT || blob.length < 2 + blob[1] + NONCE_BYTES) {
      throw KmsRefusal.invalidCiphertext();
    }
    return new String(blob, 2, blob[1], StandardCharsets.UTF_8);
  }

  static byte[] open(SecretKey key, byte[] blob, SortedMap<String, String> context) {
    int headLength = 2 + blob[1];
    ByteBuffer in = ByteBuffer.wrap(blob);
    byte[] head = new byte[headLength];
    byte[] nonce = new byte[NONCE_BYTES];
    in.get(head).get(nonce);
    byte[] sealed = new byte[in.remaining()];
    in.get(sealed);
    try {
      return cipher(Cipher.DECRYPT_MODE, key, nonce, head, context).doFinal(sealed);
    } catch (AEADBadTagException e) {
      throw KmsRefusal.invalidCiphertext();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  private static Cipher cipher(
      int mode, SecretKey key, byte[] nonce, byte[] head, SortedMap<String, String> context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(head);
    context.forEach((name, value) -> {
      authenticate(cipher, name);
      authenticate(cipher, value);
    });
    return cipher;
  }

  private static void authenticate(Cipher cipher, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    cipher.updateAAD(ByteBuffer.allocate(4).putInt(bytes.length).array());
    cipher.updateAAD(bytes);
  }
}
