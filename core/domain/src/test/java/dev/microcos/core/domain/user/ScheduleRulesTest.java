package dev.microcos.core.domain.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.UserFact.ScheduleRemoved;
import dev.microcos.core.domain.log.UserFact.ScheduleSet;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Since when the times of a schedule hold. */
class ScheduleRulesTest {

  private static final Schedule HOURLY =
      new Schedule("often", "rate(1 hour)", "UTC", "approval", Document.EMPTY, true);
  private static final Instant LATER = Story.NOON.plus(Duration.ofMinutes(7));

  private final Story story = new Story();

  private Instant since(Schedule schedule) {
    story.comes(_ -> new ScheduleSet(schedule));
    return story.state().schedules().list().getFirst().since();
  }

  @Test
  void they_hold_since_it_was_set() {
    assertThat(since(HOURLY)).isEqualTo(Story.NOON);
    assertThat(story.state().schedules().list())
        .containsExactly(new KeptSchedule(HOURLY, Story.NOON));
  }

  @Test
  void they_go_on_where_only_what_it_starts_is_changed_or_it_is_off_for_a_while() {
    assertThat(since(HOURLY)).isEqualTo(Story.NOON);
    story.later(Duration.ofMinutes(7));
    assertThat(since(HOURLY)).isEqualTo(Story.NOON);
    assertThat(since(with("rate(1 hour)", "UTC", "{\"n\":1}", true))).isEqualTo(Story.NOON);
    assertThat(since(with("rate(1 hour)", "UTC", "{}", false))).isEqualTo(Story.NOON);
    assertThat(since(with("rate(1 hour)", "UTC", "{}", true))).isEqualTo(Story.NOON);
  }

  @Test
  void they_begin_anew_with_another_expression_or_time_zone() {
    assertThat(since(HOURLY)).isEqualTo(Story.NOON);
    story.later(Duration.ofMinutes(7));
    assertThat(since(with("rate(2 hours)", "UTC", "{}", true))).isEqualTo(LATER);
    story.later(Duration.ofMinutes(7));
    assertThat(since(with("rate(2 hours)", "Europe/Berlin", "{}", true)))
        .isEqualTo(LATER.plus(Duration.ofMinutes(7)));
  }

  @Test
  void they_begin_anew_with_one_that_was_gone() {
    assertThat(since(HOURLY)).isEqualTo(Story.NOON);
    story.later(Duration.ofMinutes(7));
    story.comes(_ -> new ScheduleRemoved(HOURLY.name()));
    assertThat(since(HOURLY)).isEqualTo(LATER);
  }

  private static Schedule with(
      String expression, String timeZone, String input, boolean isEnabled) {
    return new Schedule(
        HOURLY.name(), expression, timeZone, HOURLY.workflow(), new Document(input), isEnabled);
  }
}
