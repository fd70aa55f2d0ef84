package dev.microcos.local.stepfunctions.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOW = Instant.parse("2026-11-21T10:30:00.125Z");

  private final Expressions expressions = new Expressions(InstantSource.fixed(NOW), new Random(7));

  private static final String STATES =
      """
      {"input": {"title": "Doctor", "one": [1], "none": [], "two": [1, 2], "nothing": null,
                 "big": 9007199254740993, "huge": 123456789012345678901234567890, "real": 1.5,
                 "whole": 1.0, "text": "a,b", "json": "{\\"Arg1\\": 1, \\"Arg2\\": []}",
                 "people": [{"name": "Ada", "age": 36}, {"name": "Alan", "age": 41}]},
       "context": {"Execution": {"Id": "arn"}}}
      """;

  private JsonNode evaluate(String template) throws Exception {
    return expressions.evaluate("Output", JSON.readTree(template), scope());
  }

  private String value(String expression) throws Exception {
    return evaluate(JSON.writeValueAsString("{% " + expression + " %}")).toString();
  }

  private static Scope scope() throws Exception {
    return new Scope(
        JSON.readTree(STATES),
        Map.of("customer", JSON.readTree("\"María\""), "limit", JSON.readTree("3")));
  }

  private void fails(String expression, String cause) {
    assertThatExceptionOfType(EvaluationException.class)
        .isThrownBy(() -> value(expression))
        .satisfies(e -> {
          assertThat(e.error()).isEqualTo("States.QueryEvaluationError");
          assertThat(e.location()).isEqualTo("Output");
          assertThat(e.text())
              .isEqualTo(
                  "The JSONata expression '"
                      + expression
                      + "' specified for the field 'Output' "
                      + cause);
        });
  }

  @Nested
  class A_template {
    @Test
    void has_its_expressions_replaced_wherever_they_stand() throws Exception {
      assertThat(
              evaluate(
                  """
                  {"static": "Hello", "title": "{% $states.input.title %}", "name": "{%$customer%}",
                   "not": "$customer", "deep": [{"n": ["{% $limit + 1 %}", true, null, 2.5]}]}
                  """))
          .isEqualTo(
              JSON.readTree(
                  """
                  {"static": "Hello", "title": "Doctor", "name": "María", "not": "$customer",
                   "deep": [{"n": [4, true, null, 2.5]}]}
                  """));
    }

    @Test
    void names_the_way_to_the_expression_that_fails() {
      assertThatExceptionOfType(EvaluationException.class)
          .isThrownBy(() -> evaluate("{\"a\": {\"b\": [1, \"{% $missing %}\"]}}"))
          .satisfies(e -> {
            assertThat(e.location()).isEqualTo("Output/a/b[1]");
            assertThat(e.text())
                .isEqualTo(
                    "The JSONata expression '$missing' specified for the field 'Output/a/b[1]'"
                        + " returned nothing (undefined).");
          });
    }

    @Test
    void keeps_a_null_that_an_expression_gives() throws Exception {
      assertThat(evaluate("{\"a\": \"{% $states.input.nothing %}\"}"))
          .isEqualTo(JSON.readTree("{\"a\": null}"));
    }
  }

  @Nested
  class A_value {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        value = {
          "$states.input.title | \"Doctor\"",
          "$states.input.one | [1]",
          "$states.input.none | []",
          "$states.input.two | [1,2]",
          "$states.input.nothing | null",
          "$exists($states.input.nothing) | true",
          "$count($states.input.nothing) | 1",
          "$count($states.input.absent) | 0",
          "$states.input.two ~> $count() | 2",
          "$type($states.input.nothing) | \"null\"",
          "[$states.input.nothing] | [null]",
          "{'a': $states.input.nothing} | {\"a\":null}",
          "$string({'a': $states.input.nothing}) | \"{\\\"a\\\":null}\"",
          "$states.input.big | 9007199254740993",
          "$states.input.huge | 1.2345678901234568E29",
          "$states.input.real | 1.5",
          "$states.input.whole = 1 | true",
          "1 + 1 | 2",
          "10 / 4 | 2.5",
          "0.1 + 0.2 | 0.30000000000000004",
          "2147483647 + 1 | 2147483648",
          "$string(1e20) | \"100000000000000000000\"",
          "$string(-1e20) | \"-100000000000000000000\"",
          "$string(9.3e18) | \"9300000000000000000\"",
          "$string(999999999999999868928) | \"999999999999999900000\"",
          "$string(1e21) | \"1e+21\"",
          "$string({'a': [1e20, 1.5, null, 'x']}) |"
              + " \"{\\\"a\\\":[100000000000000000000,1.5,null,\\\"x\\\"]}\"",
          "$map([1e20, 7], $string) | [\"100000000000000000000\",\"7\"]",
          "1e20 ~> $string() | \"100000000000000000000\"",
          "$string(true) | \"true\"",
          "$string([1, 2], true) | \"[\\n  1,\\n  2\\n]\"",
          "1/0 | \"Infinity\"",
          "-1/0 | \"-Infinity\"",
          "1e308 * 10 | \"Infinity\"",
          "$states.input.real / 0 | \"Infinity\"",
          "$states.input.people[age > 40].name | \"Alan\"",
          "[$states.input.people[age > 40].name] | [\"Alan\"]",
          "$states.input.people[age > 40][].name | [\"Alan\"]",
          "$states.input.people.name | [\"Ada\",\"Alan\"]",
          "$states.input.people^(>age).name | [\"Alan\",\"Ada\"]",
          "$states.input.people{name: age} | {\"Ada\":36,\"Alan\":41}",
          "$sum($states.input.people.age) | 77",
          "$merge([{'a': 1}, {'b': 2}]) | {\"a\":1,\"b\":2}",
          "$map([1..3], function($v) { $v * $limit }) | [3,6,9]",
          "$filter([1..5], function($v) { $v % 2 = 0 }) | [2,4]",
          "$reduce([1..5], function($a, $b) { $a + $b }) | 15",
          "$split($states.input.text, ',') | [\"a\",\"b\"]",
          "$append([1], [2]) | [1,2]",
          "$count([1..5]) | 5",
          "$boolean(0) | false",
          "$pad('foo', 6, 'ab') | \"fooaba\"",
          "$pad('foo', -5) | \"  foo\"",
          "$pad('foo', 2, '#') | \"foo\"",
          "'foo' ~> $pad(-5, '#') | \"##foo\"",
          "($x := 5; $x + 1) | 6",
          "$contains('abc', /B/i) | true",
          "'Last=>' & $states.input.title | \"Last=>Doctor\"",
          "$limit >= 3 and $not(false) | true",
          "$states.context.Execution.Id | \"arn\"",
          "$keys($states) | [\"input\",\"context\"]",
        })
    void is_as_on_aws(String expression, String expected) throws Exception {
      assertThat(value(expression)).isEqualTo(expected);
    }

    @Test
    void may_be_a_changed_copy() throws Exception {
      assertThat(value("$states.input.people[0] ~> |$|{'age': age + 1}, 'name'|"))
          .isEqualTo("{\"age\":37}");
      assertThat(value("$states.input.people[0]")).isEqualTo("{\"name\":\"Ada\",\"age\":36}");
      assertThat(value("{'a': null, 'b': {'c': null}} ~> |b|{'d': 2}|"))
          .isEqualTo("{\"a\":null,\"b\":{\"c\":null,\"d\":2}}");
      assertThat(value("$clone({'a': null})")).isEqualTo("{\"a\":null}");
    }

    @Test
    void does_not_change_what_the_next_expression_reads() throws Exception {
      assertThat(
              evaluate(
                  """
                  ["{% $append($states.input.one, 2) %}", "{% $reverse($states.input.two) %}",
                   "{% $sort($states.input.two, function($a, $b) { $a < $b }) %}",
                   "{% $states.input.one %}", "{% $states.input.two %}"]
                  """))
          .hasToString("[[1,2],[2,1],[2,1],[1],[1,2]]");
    }
  }

  @Nested
  class Many_threads {
    @Test
    void evaluate_the_same_expression_at_a_time() throws Exception {
      JsonNode template =
          JSON.readTree(
              """
              {"n": "{% $map([1..20], function($v) { $v + $states.input.n }) ~> $sum() %}",
               "s": "{% ($f := function($x) { $x = 0 ? $states.input.n : $f($x - 1) }; $f(20)) %}",
               "t": "{% $now() & $states.input.n %}"}
              """);
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<JsonNode>> values = new ArrayList<>();
        for (int n = 0; n < 500; n++) {
          Scope scope = new Scope(JSON.readTree("{\"input\": {\"n\": " + n + "}}"), Map.of());
          values.add(threads.submit(() -> expressions.evaluate("Output", template, scope)));
        }
        for (int n = 0; n < 500; n++) {
          assertThat(values.get(n).get())
              .isEqualTo(
                  JSON.readTree(
                      """
                      {"n": %d, "s": %d, "t": "2026-11-21T10:30:00.125Z%d"}
                      """
                          .formatted(210 + 20 * n, n, n)));
        }
      }
    }
  }

  @Nested
  class A_variable {
    @Test
    void comes_before_a_function_of_its_name() throws Exception {
      Scope scope = new Scope(JSON.readTree("{}"), Map.of("count", JSON.readTree("3")));

      assertThat(expressions.evaluate("Output", JSON.readTree("\"{% $count + 1 %}\""), scope))
          .hasToString("4");
    }

    @Test
    void may_be_a_null_or_any_json() throws Exception {
      Scope scope =
          new Scope(
              JSON.readTree("{}"),
              Map.of("none", JSON.readTree("null"), "list", JSON.readTree("[[1],[]]")));

      assertThat(
              expressions.evaluate(
                  "Output", JSON.readTree("[\"{% $none %}\", \"{% $list %}\"]"), scope))
          .hasToString("[null,[[1],[]]]");
    }
  }

  @Nested
  class A_failure {
    @Test
    void is_an_undefined_value() {
      fails("$states.input.absent", "returned nothing (undefined).");
      fails("$doesNotExist", "returned nothing (undefined).");
      fails("$states.input.people[age > 99]", "returned nothing (undefined).");
    }

    @Test
    void is_a_function_that_is_none() {
      fails(
          "$randomSeeded($limit)",
          "threw an error during evaluation. T1006: Attempted to invoke a non-function");
      fails(
          "$eval('1')",
          "threw an error during evaluation. T1006: Attempted to invoke a non-function");
    }

    @Test
    void is_a_type_that_does_not_fit() {
      fails(
          "$customer + 1",
          "threw an error during evaluation. T2001: The left side of the \"+\" operator must"
              + " evaluate to a number");
      fails("$error('too late')", "threw an error during evaluation. D3137: too late");
      fails(
          "$number('x')",
          "threw an error during evaluation. D3030: Unable to cast value to a number: \"x\"");
    }

    @Test
    void is_a_number_out_of_range() {
      for (String expression :
          List.of("1/0 + 1", "-(1/0)", "[1/0]", "(1/0)", "1/0 > 5", "$sum([1e308, 1e308])")) {
        fails(
            expression,
            "threw an error during evaluation. D1001: Number out of range: \"Infinity\"");
      }
      fails(
          "$power(10, 400)",
          "threw an error during evaluation. D3061: The power function has resulted in a value that"
              + " cannot be represented as a JSON number: base=\"10\", exponent=\"400\"");
      fails(
          "$sqrt(-1)",
          "threw an error during evaluation. D3060: The sqrt function cannot be applied to a"
              + " negative number: \"-1\"");
    }

    @Test
    void is_a_result_that_is_no_json() {
      fails("$fn := function($x){$x}", "returned an unsupported result type.");
      fails("[$sum]", "returned an unsupported result type.");
      fails("{'a': /x/}", "returned an unsupported result type.");
    }

    @Test
    void is_an_expression_that_takes_too_much() {
      assertThatExceptionOfType(EvaluationException.class)
          .isThrownBy(() -> value("($f := function($n) { 1 + $f($n + 1) }; $f(0))"))
          .withMessageContaining("Stack overflow error")
          .withMessageContaining("Depth=101 max=100");
      assertThatExceptionOfType(EvaluationException.class)
          .isThrownBy(() -> value("$length($reduce([1..40], function($a, $b) { $a & $a }, 'x'))"))
          .withMessageContaining("Expression evaluation memory limit exceeded");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"$pad('x', 100000000)", "$count([1..873783])", "$count($range(1, 1e9, 1))"})
  void what_would_take_too_much_memory_fails(String expression) {
    fails(
        expression,
        "threw an error during evaluation. Expression evaluation memory limit exceeded");
  }

  @Nested
  class The_functions_of_aws {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        value = {
          "$partition([0], 1) | [[0]]",
          "$partition([0], 5) | [[0]]",
          "$partition([0,1,2], 2) | [[0,1],[2]]",
          "$partition([0,1,2,3], 3) | [[0,1,2],[3]]",
          "$partition([1,2,3,4], 2.9) | [[1,2],[3,4]]",
          "$count($partition([1..9], 4)) | 3",
          "$range(0, 10, 2) | [0,2,4,6,8,10]",
          "$range(0, 10, 3) | [0,3,6,9]",
          "$range(1, 9, 9) | 1",
          "$range(10, 0, -5) | [10,5,0]",
          "$range(-1.7, 2, 1) | [-1,0,1,2]",
          "$count($range(1, 360145, 1)) | 360145",
          "$hash('abc', 'MD5') | \"900150983cd24fb0d6963f7d28e17f72\"",
          "$hash('abc', 'SHA-1') | \"a9993e364706816aba3e25717850c26c9cd0d89d\"",
          "$hash('abc', 'SHA-256') |"
              + " \"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"",
          "$random(5) = $random(5) | true",
          "$random() < 1 | true",
          "$parse('-0') | 0",
          "$parse('1.1') | 1.1",
          "$parse('null') | null",
          "$parse('\"HelloWorld\"') | \"HelloWorld\"",
          "$parse('[1, 2, \"HelloWorld\"]') | [1,2,\"HelloWorld\"]",
          "$parse($states.input.json) | {\"Arg1\":1,\"Arg2\":[]}",
          "$parse('9007199254740993') | 9007199254740993",
          "$now() | \"2026-11-21T10:30:00.125Z\"",
          "$now('[Y0001]-[M01]-[D01]') | \"2026-11-21\"",
          "$millis() | 1795257000125",
          "$toMillis($now()) = $millis() | true",
        })
    void give(String expression, String expected) throws Exception {
      assertThat(value(expression)).isEqualTo(expected);
    }

    @Test
    void make_other_ids_and_numbers_each_time() throws Exception {
      assertThat(value("$uuid()"))
          .matches("\"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\"")
          .isNotEqualTo(value("$uuid()"));
      assertThat(value("$random() = $random()")).isEqualTo("false");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "$partition([1], 0)",
          "$partition([], 2)",
          "$range(1, 5)",
          "$range(1, 5, 0)",
          "$range(1, 5, -1)",
          "$hash('a')",
          "$parse($states.input.absent)",
        })
    void are_undefined_where_the_arguments_make_no_sense(String expression) {
      fails(expression, "returned nothing (undefined).");
    }

    @Test
    void fail_on_what_they_cannot_do() {
      fails(
          "$hash('a', 'CRC')", "threw an error during evaluation. Invalid hashing algorithm: CRC");
      assertThatExceptionOfType(EvaluationException.class)
          .isThrownBy(() -> value("$parse('{\"a\": 1} x')"))
          .withMessageContaining("threw an error during evaluation. Invalid JSON");
      fails(
          "$range(1, 360146, 1)",
          "threw an error during evaluation. Expression evaluation memory limit exceeded");
      assertThatExceptionOfType(EvaluationException.class)
          .isThrownBy(() -> value("$partition([1], 'a')"))
          .withMessageContaining("of function \"partition\" does not match function signature");
    }
  }
}
