package dev.microcos.core.domain.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.domain.id.CalendarEventId;
import dev.microcos.core.domain.log.Fact.Rejected;
import dev.microcos.core.domain.log.Fact.RejectionCode;
import dev.microcos.core.domain.log.UserFact.CalendarEventAdded;
import dev.microcos.core.domain.log.UserFact.CalendarEventRemoved;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CalendarRulesTest {

  private final Story story = new Story();

  private CalendarEventId adds(String title) {
    return CalendarEventId.madeBy(
        story
            .comes(id ->
                new CalendarEventAdded(
                    new CalendarEvent(
                        CalendarEventId.madeBy(id),
                        title,
                        "2026-12-03",
                        null,
                        null,
                        "Berlin",
                        null)))
            .id());
  }

  @Test
  void what_is_added_stands_in_the_calendar_until_it_is_removed() {
    CalendarEventId fair = adds("Fair");
    adds("Dinner");
    assertThat(story.state().calendar()).extracting(CalendarEvent::title).contains("Fair");
    story.comes(_ -> new CalendarEventRemoved(fair));
    assertThat(story.state().calendar()).extracting(CalendarEvent::title).containsExactly("Dinner");
  }

  @Test
  void what_is_not_there_is_not_removed() {
    CalendarEventId fair = adds("Fair");
    story.comes(_ -> new CalendarEventRemoved(fair));
    story.comes(_ -> new CalendarEventRemoved(fair));
    assertThat(story.facts())
        .singleElement()
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> assertThat(rejected.code()).isEqualTo(RejectionCode.NOT_FOUND));
  }

  @Test
  void a_full_calendar_says_so() {
    for (int i = 0; i < Policy.MAX_CALENDAR_EVENTS; i++) {
      if (i % 500 == 0) {
        story.later(Duration.ofMinutes(1));
      }
      adds("Event " + i);
    }
    story.later(Duration.ofMinutes(1));
    adds("One more");
    assertThat(story.facts())
        .singleElement()
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.detail()).contains("2000", "remove"));
  }
}
