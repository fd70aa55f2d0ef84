package dev.microcos.core.wire.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.wire.DataSchemas;
import dev.microcos.core.wire.Json;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ToolsTest {
  private static final Instant NOW = Instant.parse("2027-03-27T23:30:00Z");

  private final Tools tools = Tools.ofTheHouse();

  @Test
  void have_schemas_that_are_schemas() {
    assertThat(tools.all().values())
        .allSatisfy(tool -> {
          assertThat(DataSchemas.faultsOf(tool.argumentsSchema())).isEmpty();
          assertThat(tool.description()).endsWith(".");
        });
  }

  @Test
  void an_unknown_one_is_refused_by_name() {
    assertThatThrownBy(() -> call("abacus", "{}"))
        .isInstanceOfSatisfying(
            ToolFailure.class,
            failure -> {
              assertThat(failure.code()).isEqualTo("unknown_tool");
              assertThat(failure.isPassing()).isFalse();
              assertThat(failure).hasMessageContaining("abacus").hasMessageContaining("clock");
            });
  }

  @Nested
  class The_clock {
    @Test
    void tells_the_time_of_a_place() {
      assertThat(call("clock", "{\"time_zone\": \"Asia/Tokyo\"}"))
          .isEqualTo(
              "{\"instant\":\"2027-03-27T23:30:00.000Z\",\"date\":\"2027-03-28\","
                  + "\"time\":\"08:30\",\"weekday\":\"sunday\",\"time_zone\":\"Asia/Tokyo\"}");
    }

    @Test
    void adds_days_on_the_calendar_and_hours_on_the_clock() {
      assertThat(call("clock", "{\"time_zone\": \"Europe/Berlin\", \"plus\": \"P1D\"}"))
          .contains("\"date\":\"2027-03-29\"", "\"time\":\"00:30\"");
      assertThat(call("clock", "{\"time_zone\": \"Europe/Berlin\", \"plus\": \"PT24H\"}"))
          .contains("\"date\":\"2027-03-29\"", "\"time\":\"01:30\"");
      assertThat(call("clock", "{\"from\": \"2027-03-31T00:00:00Z\", \"plus\": \"-P1M\"}"))
          .contains("\"date\":\"2027-02-28\"");
    }

    @Test
    void refuses_a_zone_or_duration_that_is_none() {
      assertThatThrownBy(() -> call("clock", "{\"time_zone\": \"Mars\"}"))
          .isInstanceOf(ToolFailure.class);
      assertThatThrownBy(() -> call("clock", "{\"plus\": \"Psoon\"}"))
          .isInstanceOf(ToolFailure.class);
    }
  }

  @Nested
  class The_text_tool {
    @Test
    void works_on_one_text_or_on_each_of_many() {
      assertThat(call("text", "{\"operation\": \"upper\", \"text\": \"a\"}")).isEqualTo("\"A\"");
      assertThat(call("text", "{\"operation\": \"count\", \"texts\": [\"a b\", \"\"]}"))
          .isEqualTo("[2,0]");
      assertThat(
              call("text", "{\"operation\": \"split\", \"text\": \"a.b\", \"separator\": \".\"}"))
          .isEqualTo("[\"a\",\"b\"]");
      assertThat(
              call("text", "{\"operation\": \"join\", \"texts\": [\"a\"], \"separator\": \"-\"}"))
          .isEqualTo("\"a\"");
      assertThat(
              call(
                  "text",
                  "{\"operation\": \"replace\", \"text\": \"aXb\", \"find\": \"X\", \"with\":"
                      + " \"\"}"))
          .isEqualTo("\"ab\"");
    }

    @Test
    void says_which_argument_does_not_fit() {
      assertThatThrownBy(() -> call("text", "{\"operation\": \"upper\", \"texts\": [\"a\", 7]}"))
          .isInstanceOf(ToolFailure.class)
          .hasMessageContaining("/texts/1 must be of type string");
    }
  }

  private String call(String tool, String arguments) {
    return Json.text(tools.call(tool, (ObjectNode) Json.tree(arguments), NOW));
  }
}
