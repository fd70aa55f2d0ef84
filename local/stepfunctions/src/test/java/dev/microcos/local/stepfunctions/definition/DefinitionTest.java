package dev.microcos.local.stepfunctions.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DefinitionTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> refuses() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode one : read("refused.json")) {
      tests.add(DynamicTest.dynamicTest(one.get("why").textValue(), () -> isRefused(one)));
    }
    assertThat(tests).hasSizeGreaterThan(30);
    return tests.stream();
  }

  private static void isRefused(JsonNode one) {
    List<String> expected = new ArrayList<>();
    one.get("faults").forEach(fault -> expected.add(fault.textValue()));

    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> Definition.parse(definition(one)))
        .withMessage(String.join(", ", expected))
        .satisfies(e ->
            assertThat(e.faults()).extracting(Fault::toString).containsExactlyElementsOf(expected));
  }

  /** A whole definition, or one around a state or some states. */
  private static JsonNode definition(JsonNode one) {
    if (one.has("definition")) {
      return one.get("definition");
    }
    ObjectNode definition = JSON.createObjectNode().put("QueryLanguage", "JSONata");
    definition.put("StartAt", "S");
    if (one.has("states")) {
      definition.set("States", one.get("states"));
    } else {
      definition.putObject("States").set("S", one.get("state"));
    }
    return definition;
  }

  @Test
  void reads_every_field_of_every_type() throws Exception {
    Definition definition = Definition.parse(read("everything.json"));

    assertThat(definition.comment()).isEqualTo("Every field of every type");
    assertThat(definition.timeoutSeconds()).isEqualTo(86_400L);
    States states = definition.states();
    assertThat(states.startAt()).isEqualTo("Pass");
    assertThat(states.states().keySet())
        .containsExactly(
            "Pass", "Task", "Choice", "Wait", "Until", "Parallel", "Map", "Succeed", "Fail");
    assertThat(states.state("Task"))
        .isInstanceOfSatisfying(
            State.Task.class,
            task -> {
              assertThat(task.resource()).isEqualTo("arn:aws:states:::lambda:invoke");
              assertThat(task.timeoutSeconds()).hasToString("60");
              assertThat(task.heartbeatSeconds()).hasToString("\"{% $states.input.beat %}\"");
              assertThat(task.retry())
                  .containsExactly(
                      new Retrier(List.of("A", "States.Timeout"), 2, 5, 1.5, 60, true),
                      new Retrier(List.of("States.ALL"), 1, 3, 2.0, null, false));
              assertThat(task.catches())
                  .extracting(Catcher::errorEquals, Catcher::next)
                  .containsExactly(tuple(List.of("States.ALL"), "Fail"));
              assertThat(task.next()).isEqualTo("Choice");
            });
    assertThat(states.state("Choice"))
        .isInstanceOfSatisfying(
            State.Choices.class,
            choice -> {
              assertThat(choice.choices())
                  .extracting(Choice::next)
                  .containsExactly("Wait", "Until");
              assertThat(choice.defaultNext()).isEqualTo("Fail");
            });
    assertThat(states.state("Map"))
        .isInstanceOfSatisfying(
            State.Map.class,
            map -> {
              assertThat(map.processor().states()).containsOnlyKeys("Each");
              assertThat(map.batcher()).isNotNull();
              assertThat(map.next()).isEqualTo("Succeed");
            });
    assertThat(states.state("Parallel"))
        .isInstanceOfSatisfying(
            State.Parallel.class,
            parallel ->
                assertThat(parallel.branches())
                    .extracting(States::startAt)
                    .containsExactly("Left", "Right"));
    assertThat(states.states().values())
        .extracting(State::type)
        .containsExactly(
            "Pass", "Task", "Choice", "Wait", "Wait", "Parallel", "Map", "Succeed", "Fail");
  }

  @Test
  void takes_jsonata_states_of_a_machine_without_a_language() throws Exception {
    assertThat(
            Definition.parse(
                    JSON.readTree(
                        """
                        {"StartAt": "S", "States":
                          {"S": {"Type": "Succeed", "QueryLanguage": "JSONata", "Output": "{% 1 %}"}}}
                        """))
                .states()
                .states())
        .containsOnlyKeys("S");
  }

  private static JsonNode read(String file) throws IOException {
    try (InputStream stream =
        Objects.requireNonNull(DefinitionTest.class.getResourceAsStream("/definitions/" + file))) {
      return JSON.readTree(stream);
    }
  }
}
