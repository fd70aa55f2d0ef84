package dev.microcos.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StatisticsTest {

  @Nested
  class Percentile {
    @Test
    void is_the_smallest_value_that_so_many_do_not_exceed() {
      long[] hundred = LongStream.rangeClosed(1, 100).toArray();

      assertThat(Statistics.percentile(hundred, 50)).isEqualTo(50);
      assertThat(Statistics.percentile(hundred, 99)).isEqualTo(99);
      assertThat(Statistics.percentile(hundred, 99.5)).isEqualTo(100);
      assertThat(Statistics.percentile(hundred, 100)).isEqualTo(100);
    }

    @Test
    void of_few_values_is_one_of_them() {
      assertThat(Statistics.percentile(new long[] {7}, 1)).isEqualTo(7);
      assertThat(Statistics.percentile(new long[] {7}, 99)).isEqualTo(7);
      assertThat(Statistics.percentile(new long[] {1, 2, 3}, 50)).isEqualTo(2);
      assertThat(Statistics.percentile(new long[] {1, 2, 3, 4}, 50)).isEqualTo(2);
    }

    @Test
    void of_nothing_is_zero() {
      assertThat(Statistics.percentile(new long[0], 50)).isZero();
    }

    @Test
    void lies_between_zero_and_a_hundred() {
      assertThatThrownBy(() -> Statistics.percentile(new long[] {1}, 0))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> Statistics.percentile(new long[] {1}, 101))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  class Median {
    @Test
    void is_in_the_middle_whatever_the_order() {
      assertThat(Statistics.median(9, 1, 5)).isEqualTo(5);
      assertThat(Statistics.median(4, 1, 3, 2)).isEqualTo(2.5);
    }

    @Test
    void of_nothing_is_not_a_number() {
      assertThat(Statistics.median()).isNaN();
    }
  }

  @Nested
  class LatenciesInShort {
    @Test
    void are_in_milliseconds_and_need_no_order() {
      Latencies some = new Latencies();
      Latencies more = new Latencies();
      for (int i = 3000; i > 1500; i--) {
        some.add(i * 1_000_000L);
      }
      for (int i = 1; i <= 1500; i++) {
        more.add(i * 1_000_000L);
      }

      some.addAll(more);
      Distribution distribution = some.distribution();

      assertThat(distribution.count()).isEqualTo(3000);
      assertThat(distribution.p50Millis()).isCloseTo(1500, within(1e-9));
      assertThat(distribution.p99Millis()).isCloseTo(2970, within(1e-9));
      assertThat(distribution.maxMillis()).isCloseTo(3000, within(1e-9));
    }
  }
}
