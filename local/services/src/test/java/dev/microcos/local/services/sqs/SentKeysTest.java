package dev.microcos.local.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SentKeysTest {

  private static final long INTERVAL = Deduplication.INTERVAL_MILLIS;

  private final SentKeys keys = new SentKeys();

  private static DeduplicationKey key(long number) {
    return DeduplicationKey.of("", Long.toString(number));
  }

  @Test
  void knows_the_newest_send_of_each_key_for_as_long_as_it_counts() {
    Random random = new Random(7);
    Map<Long, Long> newest = new HashMap<>();
    Map<Long, Long> sentAt = new HashMap<>();
    long now = 0;
    for (long sequence = 1; sequence <= 50_000; sequence++) {
      now += random.nextInt(40);
      long number = random.nextLong(40_000);
      keys.add(key(number), sequence, now);
      newest.put(number, sequence);
      sentAt.put(number, now);
    }
    for (long number = 0; number < 40_000; number++) {
      long found = keys.find(key(number), now - INTERVAL);
      if (sentAt.getOrDefault(number, Long.MIN_VALUE) > now - INTERVAL) {
        assertThat(found).isEqualTo(newest.get(number));
      } else {
        assertThat(found).isIn(newest.getOrDefault(number, SentKeys.NONE), SentKeys.NONE);
      }
    }
  }

  @Test
  void forgets_what_is_long_past() {
    keys.add(key(1), 1, 0);
    keys.add(key(2), 2, INTERVAL);
    assertThat(keys.find(key(1), INTERVAL)).isEqualTo(SentKeys.NONE);
    assertThat(keys.find(key(2), INTERVAL)).isEqualTo(2);
    assertThat(keys.find(key(3), INTERVAL)).isEqualTo(SentKeys.NONE);
  }
}
