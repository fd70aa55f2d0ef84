package dev.microcos.core.domain.log;

import dev.microcos.core.domain.id.Digest;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.Subject;
import java.util.UUID;

/**
 * The key under which an aggregate hashes event ids: SipHash-2-4 (Aumasson and Bernstein, 2012) of
 * the id's 16 bytes.
 *
 * @param k0 the first half of the key
 * @param k1 the second half of the key
 */
public record IdKey(long k0, long k1) {

  /** The key of a log. */
  public static IdKey of(Subject subject) {
    Digest digest = Digest.of("event ids", subject.partition());
    return new IdKey(digest.first(), digest.second());
  }

  /** The hash of an event id. */
  public long hash(EventId id) {
    UUID uuid = id.uuid();
    return hash(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
  }

  /** The hash of a message of two words. */
  public long hash(long first, long second) {
    long[] v = {
      k0 ^ 0x736f6d6570736575L,
      k1 ^ 0x646f72616e646f6dL,
      k0 ^ 0x6c7967656e657261L,
      k1 ^ 0x7465646279746573L
    };
    compress(v, first);
    compress(v, second);
    compress(v, 16L << 56);
    v[2] ^= 0xff;
    for (int i = 0; i < 4; i++) {
      round(v);
    }
    return v[0] ^ v[1] ^ v[2] ^ v[3];
  }

  private static void compress(long[] v, long word) {
    v[3] ^= word;
    round(v);
    round(v);
    v[0] ^= word;
  }

  private static void round(long[] v) {
    v[0] += v[1];
    v[1] = Long.rotateLeft(v[1], 13) ^ v[0];
    v[0] = Long.rotateLeft(v[0], 32);
    v[2] += v[3];
    v[3] = Long.rotateLeft(v[3], 16) ^ v[2];
    v[0] += v[3];
    v[3] = Long.rotateLeft(v[3], 21) ^ v[0];
    v[2] += v[1];
    v[1] = Long.rotateLeft(v[1], 17) ^ v[2];
    v[2] = Long.rotateLeft(v[2], 32);
  }
}
