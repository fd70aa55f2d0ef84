package dev.microcos.core.domain.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventIdTest {

  private static final UserId ANA = UserId.of("https://issuer.test", "ana");
  private static final String V7 = "01a1fd71-1cb8-7000-8000-00000000a00b";

  @Test
  void carries_its_time() {
    Instant noon = Instant.parse("2026-11-21T12:00:00.123Z");
    assertThat(EventId.create(noon, new Random(1)).time()).contains(noon);
  }

  @Test
  void of_a_repeated_action_is_the_same_and_keeps_the_actions_time() {
    ClientActionId action = new ClientActionId(V7);
    EventId id = EventId.of(ANA, "POST /v1/tasks", action);
    assertThat(EventId.of(ANA, "POST /v1/tasks", action)).isEqualTo(id);
    assertThat(id.time()).isEqualTo(action.time()).isPresent();
    assertThat(EventId.of(ANA, "POST /v1/messages", action)).isNotEqualTo(id);
    assertThat(EventId.of(UserId.of("https://issuer.test", "ben"), "POST /v1/tasks", action))
        .isNotEqualTo(id);
  }

  @Test
  void of_an_action_without_a_time_is_marked() {
    EventId id = EventId.of(ANA, "POST /v1/tasks", new ClientActionId("my action"));
    assertThat(id.time()).isEmpty();
    assertThat(id.uuid().version()).isEqualTo(8);
    assertThat(id.uuid().variant()).isEqualTo(2);
  }

  @Test
  void is_refused_in_any_other_form() {
    assertThatThrownBy(() -> new EventId("evt_1")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new EventId("evt_" + V7.toUpperCase(Locale.ROOT)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TaskId("evt_" + V7)).isInstanceOf(IllegalArgumentException.class);
  }
}
