package dev.microcos.core.wire.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleExpressionTest {
  private static final Instant NOVEMBER = Instant.parse("2026-11-21T10:15:30Z");

  @Test
  void a_cron_is_due_on_the_clock_of_the_wall() {
    assertThat(next("cron(0 9 ? * MON-FRI *)", "Europe/Berlin", NOVEMBER, 3))
        .containsExactly("2026-11-23T08:00:00Z", "2026-11-24T08:00:00Z", "2026-11-25T08:00:00Z");
  }

  @Test
  void a_week_begins_on_sunday() {
    assertThat(next("cron(30 6 ? * 1 *)", "UTC", NOVEMBER, 1))
        .containsExactly("2026-11-22T06:30:00Z");
  }

  @Test
  void the_last_day_and_the_second_tuesday_are_known() {
    assertThat(next("cron(0 0 L * ? *)", "UTC", NOVEMBER, 2))
        .containsExactly("2026-11-30T00:00:00Z", "2026-12-31T00:00:00Z");
    assertThat(next("cron(0 12 ? * 3#2 *)", "UTC", NOVEMBER, 1))
        .containsExactly("2026-12-08T12:00:00Z");
  }

  @Test
  void what_falls_into_the_gap_of_spring_is_left_out() {
    assertThat(
            next("cron(30 2 * * ? *)", "Europe/Berlin", Instant.parse("2027-03-27T00:00:00Z"), 2))
        .containsExactly("2027-03-27T01:30:00Z", "2027-03-29T00:30:00Z");
  }

  @Test
  void what_comes_twice_in_autumn_is_due_once() {
    assertThat(
            next("cron(30 2 * * ? *)", "Europe/Berlin", Instant.parse("2027-10-30T12:00:00Z"), 2))
        .containsExactly("2027-10-31T00:30:00Z", "2027-11-01T01:30:00Z");
  }

  @Test
  void a_rate_counts_from_the_minute_of_its_start() {
    ScheduleExpression rate = ScheduleExpression.parse("rate(5 minutes)", "UTC", NOVEMBER);
    Instant minute = Instant.parse("2026-11-21T10:15:00Z");
    assertThat(rate.after(minute.minusSeconds(1))).contains(minute.plusSeconds(300));
    assertThat(rate.after(NOVEMBER)).contains(minute.plusSeconds(300));
    assertThat(rate.after(minute.plusSeconds(299))).contains(minute.plusSeconds(300));
    assertThat(rate.after(minute.plusSeconds(300))).contains(minute.plusSeconds(600));
  }

  @Test
  void a_time_is_due_once() {
    assertThat(next("at(2027-01-31T09:00:00)", "America/New_York", NOVEMBER, 5))
        .containsExactly("2027-01-31T14:00:00Z");
  }

  @Test
  void a_year_that_is_over_is_never_due() {
    assertThat(next("cron(0 9 1 1 ? 2020)", "UTC", NOVEMBER, 5)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 9 * * ? *",
        "cron(0 9 * * *)",
        "cron(0 9 * * * *)",
        "cron(0 9 ? * ? *)",
        "cron(61 9 * * ? *)",
        "cron(0 9 * * ? * *)",
        "rate(0 minutes)",
        "rate(5 fortnights)",
        "at(tomorrow)"
      })
  void others_are_refused(String expression) {
    assertThatThrownBy(() -> ScheduleExpression.parse(expression, "UTC", NOVEMBER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("(?s).*(must be|six fields|exactly one|is not right).*");
  }

  @Test
  void a_time_zone_must_be_one() {
    assertThatThrownBy(() -> ScheduleExpression.parse("rate(1 day)", "Mars/Base", NOVEMBER))
        .hasMessage("there is no time zone Mars/Base");
  }

  private static List<String> next(String expression, String zone, Instant after, int count) {
    return ScheduleExpression.parse(expression, zone, Instant.EPOCH).next(after, count).stream()
        .map(Instant::toString)
        .toList();
  }
}
