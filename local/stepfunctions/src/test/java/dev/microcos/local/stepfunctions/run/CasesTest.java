package dev.microcos.local.stepfunctions.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.local.stepfunctions.history.MemoryJournal;
import dev.microcos.local.stepfunctions.json.Json;
import dev.microcos.local.stepfunctions.task.TaskRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CasesTest {

  static List<Case> cases() {
    return Case.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void ends_as_aws_documents_it(Case each) {
    Script script = new Script(each.content().path("tasks"));
    try (Bench bench = new Bench(new MemoryJournal(), script)) {
      String machine = bench.machine("case", each.definition());
      String execution = bench.start(machine, "run", each.input());
      JsonNode end = bench.toTheEnd(execution, script);
      check(each, end, bench.history(execution));
      if (each.content().has("calls")) {
        assertThat(script.calls())
            .extracting(TaskRequest::arguments)
            .containsExactlyElementsOf(each.content().path("calls"));
      }
    }
  }

  static void check(Case each, JsonNode end, List<JsonNode> history) {
    JsonNode expected = each.content();
    List<String> lines = Case.lines(history);
    assertThat(end.path("status").asText())
        .as(end + "\n" + String.join("\n", lines))
        .isEqualTo(expected.path("status").asText());
    if (expected.has("output")) {
      assertThat(Json.written(end.path("output").asText())).isEqualTo(expected.path("output"));
    }
    if (expected.has("error")) {
      assertThat(end.path("error").asText()).isEqualTo(expected.path("error").asText());
    }
    if (expected.has("cause")) {
      assertThat(end.path("cause").asText()).isEqualTo(expected.path("cause").asText());
    }
    if (expected.has("events")) {
      assertThat(history)
          .extracting(event -> event.path("type"))
          .containsExactlyElementsOf(expected.path("events"));
    }
    if (expected.has("history")) {
      List<String> wanted = new ArrayList<>();
      expected.path("history").forEach(line -> wanted.add(line.asText()));
      assertThat(lines).isEqualTo(wanted);
    }
  }
}
