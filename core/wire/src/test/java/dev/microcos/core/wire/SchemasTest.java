package dev.microcos.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.wire.Schemas.Fault;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SchemasTest {

  private final Schemas schemas = new Schemas();

  @Nested
  class A_fault_says_what_would_fit {

    @Test
    void of_a_type() {
      refuses("api/requests/post-task", "{'title': 5}", "/title", "must be of type string");
      refuses("api/requests/patch-task", "{'due': 5}", "/due", "must be of type [string, null]");
    }

    @Test
    void of_a_bound() {
      refuses("api/frames/sync", "{'action': 'sync', 'after': -1}", "/after", "must be at least 0");
    }

    @Test
    void by_examples_in_place_of_a_pattern() {
      refuses(
          "api/requests/post-calendar-event",
          "{'title': 'Lunch', 'starts_at': 'tomorrow'}",
          "/starts_at",
          "must be like 2026-11-30 or 2026-11-30T09:00:00Z");
    }

    @Test
    void of_a_text_without_a_letter() {
      refuses("api/requests/post-message", "{'text': ' '}", "/text", "must not be blank");
    }

    private void refuses(String schema, String value, String pointer, String detail) {
      JsonNode node = Json.given(value.replace('\'', '"'));
      assertThat(schemas.faults(schema, node)).containsExactly(new Fault(pointer, detail));
    }
  }
}
