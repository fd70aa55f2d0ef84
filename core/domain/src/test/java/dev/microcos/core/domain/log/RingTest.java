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

  private static final IdKey KEY = new IdKey(1, 2);

  private final List<EventId> ids = new ArrayList<>();

  private Ring ringOf(int size) {
    Random random = new Random(3);
    Ring ring = Ring.empty(KEY);
    for (int i = 0; i < size; i++) {
      EventId id = EventId.create(NOON.plusSeconds(i), random);
      ring = ring.with(id, NOON.plusSeconds(i));
      ids.add(id);
    }
    return ring;
  }

  @Test
  void what_a_snapshot_keeps_are_the_newest_ids_and_it_says_how_far_back_they_reach() {
    Ring whole = ringOf(10_000);
    assertThat(ids).allMatch(whole::contains);
    assertThat(whole.hasLost()).isFalse();
    Ring kept = whole.newest();
    assertThat(ids.subList(10_000 - Ring.CAPACITY, 10_000)).allMatch(kept::contains);
    assertThat(ids.subList(0, 5_000)).noneMatch(kept::contains);
    assertThat(kept.hasLost()).isTrue();
    Instant oldest = kept.oldest().orElseThrow();
    assertThat(oldest).isBefore(NOON.plusSeconds(10_000 - Ring.CAPACITY + 1));
    assertThat(ids.stream().filter(id -> id.time().orElseThrow().isAfter(oldest)))
        .allMatch(kept::contains);
  }

  @Test
  void loses_the_oldest_ids_when_there_are_too_many() {
    Ring ring = ringOf(Ring.MOST + 1_000);
    assertThat(ring.size()).isBetween(Ring.MOST - 64, Ring.MOST);
    assertThat(ring.hasLost()).isTrue();
    assertThat(ring.contains(ids.getFirst())).isFalse();
    assertThat(ring.contains(ids.getLast())).isTrue();
  }

  @Test
  void is_the_same_when_it_is_made_of_the_commits_of_a_log() {
    Ring one = ringOf(300);
    List<Ring.Ids> commits = new ArrayList<>();
    for (int i = 0; i < 300; i += 3) {
      commits.add(
          new Ring.Ids(
              ids.subList(i, i + 3).stream().mapToLong(KEY::hash).toArray(), NOON.plusSeconds(i)));
    }
    Ring other = Ring.of(KEY, commits, false);
    assertThat(other.chunks()).isDeepEqualTo(one.chunks());
    assertThat(other.oldest()).isEqualTo(one.oldest());
    assertThat(other.hasLost()).isFalse();
    assertThat(Ring.of(KEY, List.of(), true).size()).isZero();
  }

  @Test
  void hashes_as_the_reference_of_siphash_does() {
    // siphash-2-4 of the 16 bytes 00..0f under the key 00..0f, from the reference's vectors.h
    IdKey key = new IdKey(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);
    assertThat(key.hash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L)).isEqualTo(0x3f2acc7f57c29bdbL);
  }
}
