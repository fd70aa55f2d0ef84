package dev.microcos.core.domain.id;

import java.time.Instant;
import java.util.UUID;

/** UUIDs of RFC 9562 that carry a time (version 7) or a hash (version 8). */
final class Uuids {

  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final long VARIANT_MASK = 0x3fff_ffff_ffff_ffffL;

  private Uuids() {}

  /** RFC 9562 section 5.7: 48 bits of milliseconds, the rest from {@code high} and {@code low}. */
  static String version7(Instant time, long high, long low) {
    long msb = (time.toEpochMilli() << 16) | 0x7000L | (high & 0xfffL);
    return new UUID(msb, VARIANT | (low & VARIANT_MASK)).toString();
  }

  /** RFC 9562 section 5.8. */
  static String version8(long high, long low) {
    long msb = (high & ~0xf000L) | 0x8000L;
    return new UUID(msb, VARIANT | (low & VARIANT_MASK)).toString();
  }

  static boolean isVersion7(String text) {
    return text.length() == 36 && text.charAt(14) == '7' && Id.isUuid(text, 0);
  }

  static Instant time(String version7) {
    return Instant.ofEpochMilli(
        Long.parseLong(version7.substring(0, 8) + version7.substring(9, 13), 16));
  }
}
