package dev.microcos.core.aws;

import dev.microcos.core.domain.id.Person;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Closes what is written about a person with their data key: a format byte, a random nonce of 12
 * bytes, and AES-GCM of the content, bound to where it is kept and what it is.
 */
final class Seal {

  private static final byte FORMAT = 1;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final PersonKeys keys;
  private final Host host;

  Seal(PersonKeys keys, Host host) {
    this.keys = keys;
    this.host = host;
  }

  /** Content as it is kept at a place. */
  byte[] close(Person person, Place place, byte[] content) {
    byte[] nonce = new byte[NONCE];
    host.random().nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, person, place, nonce);
      byte[] sealed = new byte[1 + NONCE + cipher.getOutputSize(content.length)];
      sealed[0] = FORMAT;
      System.arraycopy(nonce, 0, sealed, 1, NONCE);
      cipher.doFinal(content, 0, content.length, sealed, 1 + NONCE);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot seal", e);
    }
  }

  /**
   * Content that was kept at a place.
   *
   * @throws IllegalStateException if it was changed, moved, or sealed by another key
   */
  byte[] open(Person person, Place place, byte[] sealed) {
    if (sealed.length < 1 + NONCE || sealed[0] != FORMAT) {
      throw new IllegalStateException("an item of a format that this release does not know");
    }
    byte[] nonce = new byte[NONCE];
    ByteBuffer.wrap(sealed, 1, NONCE).get(nonce);
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, person, place, nonce);
      return cipher.doFinal(sealed, 1 + NONCE, sealed.length - 1 - NONCE);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an item that does not open", e);
    }
  }

  private Cipher cipher(int mode, Person person, Place place, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, keys.key(person), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(place.bytes());
    return cipher;
  }

  /**
   * Where something is kept, and what it is.
   *
   * @param kind {@code commit}, {@code snapshot}, {@code messages} or {@code operation}
   */
  record Place(String pk, String sk, String kind) {

    byte[] bytes() {
      String text = pk + '\n' + sk + '\n' + kind + '\n' + FORMAT;
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }
}
