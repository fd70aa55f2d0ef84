package dev.microcos.local.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microcos.local.services.sqs.Deduplication.Sent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeduplicationTest {

  private static final DeduplicationKey KEY = DeduplicationKey.of("", "a");
  private static final Sent SENT = new Sent(new UUID(1, 2), 7);
  private static final long NOW = 1_000_000;

  private final Map<Long, Sent> written = new HashMap<>();
  private final Deduplication sends =
      new Deduplication((sequence, _, _) -> Optional.ofNullable(written.get(sequence)));

  private CompletableFuture<Optional<Sent>> claimElsewhere() {
    return CompletableFuture.supplyAsync(
        () -> sends.claim(KEY, NOW), task -> Thread.ofVirtual().start(task));
  }

  @Test
  void an_equal_send_waits_for_the_first_one_and_is_told_of_it() throws Exception {
    assertThat(sends.claim(KEY, NOW)).isEmpty();
    CompletableFuture<Optional<Sent>> second = claimElsewhere();
    written.put(SENT.sequence(), SENT);
    sends.sent(KEY, SENT, NOW);
    assertThat(second.get(60, TimeUnit.SECONDS)).contains(SENT);
    assertThat(sends.claim(KEY, NOW + 1)).contains(SENT);
  }

  @Test
  void a_send_that_fails_leaves_its_place_to_the_next() throws Exception {
    assertThat(sends.claim(KEY, NOW)).isEmpty();
    CompletableFuture<Optional<Sent>> second = claimElsewhere();
    sends.failed(KEY);
    assertThat(second.get(60, TimeUnit.SECONDS)).isEmpty();
  }

  @Test
  void what_the_disk_does_not_know_may_be_sent() {
    sends.restore(KEY, SENT.sequence(), NOW);
    assertThat(sends.claim(KEY, NOW)).isEmpty();
  }

  @Test
  void a_disk_that_fails_keeps_no_claim() {
    Deduplication broken =
        new Deduplication((_, _, _) -> {
          throw new IllegalStateException("the disk is broken");
        });
    broken.restore(KEY, SENT.sequence(), NOW);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> broken.claim(KEY, NOW)).hasMessage("the disk is broken");
    }
  }
}
