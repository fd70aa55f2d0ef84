package dev.microcos.core.domain.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.domain.id.EventId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RingTest {

  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  @Test
  void keeps_the_newest_ids_and_says_how_far_back_it_reaches() {
    Random random = new Random(3);
    Ring ring = Ring.empty(new IdKey(1, 2));
    List<EventId> ids = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      EventId id = EventId.create(NOON.plusSeconds(i), random);
      assertThat(ring.contains(id)).isFalse();
      ring = ring.with(id, NOON.plusSeconds(i));
      ids.add(id);
    }
    Ring full = ring;
    assertThat(ids.subList(10_000 - Ring.CAPACITY, 10_000)).allMatch(full::contains);
    assertThat(ids.subList(0, 5_000)).noneMatch(full::contains);
    Instant oldest = full.oldest().orElseThrow();
    assertThat(oldest).isBefore(NOON.plusSeconds(10_000 - Ring.CAPACITY + 1));
    assertThat(ids.stream().filter(id -> id.time().orElseThrow().isAfter(oldest)))
        .allMatch(full::contains);
  }

  @Test
  void hashes_as_the_reference_of_siphash_does() {
    // siphash-2-4 of the 16 bytes 00..0f under the key 00..0f, from the reference's vectors.h
    IdKey key = new IdKey(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);
    assertThat(key.hash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L)).isEqualTo(0x3f2acc7f57c29bdbL);
  }
}
