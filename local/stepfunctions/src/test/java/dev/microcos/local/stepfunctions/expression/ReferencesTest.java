package dev.microcos.local.stepfunctions.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferencesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '~',
      value = {
        "a[1,2) ¦ Expected \"]\", got \",\"",
        "\"unterminated ¦ String literal must be terminated by a matching quote",
        "1 + ¦ Unexpected end of expression",
        "{\"a\":} ¦ The symbol \"}\" cannot be used as a unary operator",
        "$x := ¦ Unexpected end of expression",
        "$match(\"a\", /abc ¦ No terminating / in regular expression",
        "phone %.other ¦ The symbol \".\" cannot be used as a unary operator",
        "~~ ¦ Unexpected end of expression",
        "$a ?? 1 ¦ The symbol \"?\" cannot be used as a unary operator",
        "$a ?: 1 ¦ The symbol \":\" cannot be used as a unary operator",
        "($x := 1; ¦ Expected \")\" before end of expression",
        "1 2 ¦ Syntax error: \"2\"",
        "5 := 1 ¦ The left side of := must be a variable name (start with $)",
      })
  void are_none_in_what_is_no_expression(String source, String reason) {
    assertThatExceptionOfType(SyntaxException.class)
        .isThrownBy(() -> References.of(source))
        .withMessage(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "phone | Reference to 'phone' at the top level is not supported.",
        "phone.number | Reference to 'phone' at the top level is not supported.",
        "'phone'.number | Reference to 'phone' at the top level is not supported.",
        "$sum(prices) | Reference to 'prices' at the top level is not supported.",
        "$map($states.input.a, function($x){ b }) | Reference to 'b' at the top level is not"
            + " supported.",
        "$states.input.a = b | Reference to 'b' at the top level is not supported.",
        "$ | Reference to '$' at the top level is not supported.",
        "* | Reference to '*' at the top level is not supported.",
        "**.name | Reference to '**' at the top level is not supported.",
        "$$ | Reference to '$$' is not supported.",
        "$states.input[a = $$.b] | Reference to '$$' is not supported.",
        "$eval('1') | Reference to '$eval' is not supported, use $parse.",
      })
  void are_refused_where_there_is_no_context(String source, String reason) throws Exception {
    assertThat(References.of(source).unsupported()).containsExactly(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$states.input.items[value > 3]",
        "$states.input.items^(<price, >name).total",
        "$states.input.items{name: $sum(price)}",
        "$states.input.items.{'name': name, 'all': *}",
        "$states.input.(a + b)",
        "[1, 2, 3][$ > 1]",
        "$states.input ~> |account|{'x': price}, ['y']|",
        "$map($states.input.a, function($v, $i) { $v.name & $i })",
        "$states.input.a@$x.b[c = $x.d]",
        "($eval := function($x) { $x }; $eval(1))",
        "$states.input.text.$uppercase($)",
        "'a string' & /* a remark */ \"another\"",
        "$replace('a/b', /[/]/, '')",
        "{'a': 1, 'b': [1..5]}",
        "function($x) <n:n> { $x }(2)",
        "$states.input.`odd name`[0]",
        "$add(?, 2)",
      })
  void are_fine_within_something(String source) throws Exception {
    assertThat(References.of(source).unsupported()).isEmpty();
  }

  @Test
  void tell_the_variables_and_the_fields_of_states() throws Exception {
    References references =
        References.of("$states.result[0].x & $states.'input'.y & $total + $f($states.context)");

    assertThat(references.variables()).containsExactlyInAnyOrder("states", "total", "f");
    assertThat(references.statesFields()).isEqualTo(List.of("result", "input", "context"));
  }
}
