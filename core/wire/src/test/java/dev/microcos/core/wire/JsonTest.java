package dev.microcos.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JsonTest {

  private static String deep(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }

  @Test
  void what_was_given_can_be_read_again_from_within_what_is_kept() {
    String kept = "{\"events\":[{\"payload\":{\"data\":" + Json.given(deep(64)) + "}}]}";
    assertThat(Json.tree(kept).at("/events/0/payload/data")).isEqualTo(Json.given(deep(64)));
  }

  @Test
  void nothing_deeper_is_taken_from_outside() {
    assertThatThrownBy(() -> Json.given(deep(65))).isInstanceOf(IllegalArgumentException.class);
  }
}
