package dev.microcos.local.stepfunctions.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Fields fields = new Fields(new Expressions());
  private final Scope scope = new Scope(JSON.createObjectNode(), Map.of());

  private static JsonNode json(String text) throws Exception {
    return JSON.readTree(text);
  }

  private static JsonNode expression(String source) {
    return JSON.getNodeFactory().textNode("{% " + source + " %}");
  }

  private static void fails(ThrowingCallable call, String location, String cause) {
    assertThatExceptionOfType(EvaluationException.class)
        .isThrownBy(call)
        .withMessage(cause)
        .satisfies(e -> {
          assertThat(e.error()).isEqualTo("States.QueryEvaluationError");
          assertThat(e.location()).isEqualTo(location);
        });
  }

  @Test
  void have_the_type_that_they_take() throws Exception {
    assertThat(fields.truth("Condition", expression("1 = 1"), scope)).isTrue();
    assertThat(fields.truth("Condition", json("false"), scope)).isFalse();
    assertThat(fields.text("Error", expression("'a' & 'b'"), scope)).isEqualTo("ab");
    assertThat(fields.integer("Seconds", expression("2 * 2"), scope, 0, 99)).isEqualTo(4);
    assertThat(fields.integer("Seconds", json("7.0"), scope, 0, 99)).isEqualTo(7);
    assertThat(fields.number("ToleratedFailurePercentage", json("12.5"), scope, 0, 100))
        .isEqualTo(12.5);
    assertThat(fields.object("Arguments", json("{\"a\": \"{% 1 %}\"}"), scope))
        .isEqualTo(json("{\"a\": 1}"));
    assertThat(fields.items(expression("[1, 2]"), json("{}"), scope)).isEqualTo(json("[1, 2]"));
    assertThat(fields.items(null, json("[3]"), scope)).isEqualTo(json("[3]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'string' | Expected 'array', but was 'string' for value: \"string\"",
        "1 | Expected 'array', but was 'number' for value: 1",
        "true | Expected 'array', but was 'boolean' for value: true",
        "null | Expected 'array', but was 'null' for value: null",
        "{'foo': 'bar'} | Expected 'array', but was 'object' for value: {\"foo\":\"bar\"}",
      })
  void fail_on_another_type(String source, String reason) {
    fails(
        () -> fields.items(expression(source), json("[]"), scope),
        "Items",
        "The JSONata expression '"
            + source
            + "' specified for the field 'Items' returned an unexpected result type. "
            + reason);
  }

  @Test
  void fail_where_a_map_has_no_array_to_go_through() {
    fails(
        () -> fields.items(null, json("{\"foo\": \"bar\"}"), scope),
        "",
        "Map state input must be an array but was: {\"foo\":\"bar\"}");
  }

  @Test
  void fail_on_a_number_that_is_out_of_range() {
    fails(
        () -> fields.integer("Seconds", expression("1.5"), scope, 0, 99_999_999),
        "Seconds",
        "The Seconds field cannot be parsed as an integer: 1.5");
    fails(
        () -> fields.integer("TimeoutSeconds", expression("-1"), scope, 0, 99_999_999),
        "TimeoutSeconds",
        "TimeoutSeconds must be between 0 and 99999999 but was: -1");
    fails(
        () -> fields.truth("Choices[0]/Condition", expression("'yes'"), scope),
        "Choices[0]/Condition",
        "The JSONata expression ''yes'' specified for the field 'Choices[0]/Condition' returned an"
            + " unexpected result type. Expected 'boolean', but was 'string' for value: \"yes\"");
  }

  @ParameterizedTest
  @CsvSource({
    "2016-12-05T21:29:29Z, 2016-12-05T21:29:29Z",
    "2016-12-05T21:29:29.123456789Z, 2016-12-05T21:29:29.123456789Z",
    "2016-12-05T21:29:29+02:00, 2016-12-05T19:29:29Z",
  })
  void may_be_a_time(String text, Instant time) throws Exception {
    assertThat(fields.timestamp("Timestamp", expression("'" + text + "'"), scope)).isEqualTo(time);
  }

  @ParameterizedTest
  @CsvSource({
    "05-12-2016T21:29:29Z",
    "2016-12-05 21:29:29Z",
    "2016-12-05T21:29:29",
    "2016-12-05T25:29:29Z",
    "2016-13-05T21:29:29Z",
  })
  void fail_on_what_is_no_time(String text) {
    fails(
        () -> fields.timestamp("Timestamp", expression("'" + text + "'"), scope),
        "Timestamp",
        "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format"
            + " string: "
            + text);
  }
}
