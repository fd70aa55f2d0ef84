package dev.microcos.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The state machines before asl-validator, which is not ours: those of the workflows as written,
 * and those of the templates, wrapped as they are deployed. Left out, with a line that says so,
 * where Node or the packages of the page are absent.
 */
class StateMachinesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path VALIDATOR =
      Repository.ROOT.resolve("web/node_modules/asl-validator/dist/bin/asl-validator.js");

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void needs_node_and_the_validator() throws Exception {
    need(nodeIsThere(), "Node 20 or newer");
    need(Files.exists(VALIDATOR), "asl-validator (cd web && npm ci)");
  }

  @Test
  void are_in_order_as_written() throws Exception {
    List<Path> written = files("statemachines", "/definition.asl.json");
    assertThat(written).hasSizeGreaterThanOrEqualTo(4);
    in_order(written);
  }

  @Test
  void are_in_order_as_deployed() throws Exception {
    List<Path> deployed = new ArrayList<>();
    for (Path template : files("infra-cdk/templates", ".json")) {
      for (Map.Entry<String, JsonNode> each :
          JSON.readTree(template.toFile()).path("Resources").properties()) {
        if (each.getValue().path("Type").asText().equals("AWS::StepFunctions::StateMachine")) {
          String definition = each.getValue().at("/Properties/DefinitionString").asText();
          deployed.add(onOneLine(definition, template.getFileName() + "-" + each.getKey()));
        }
      }
    }
    assertThat(deployed).hasSizeGreaterThanOrEqualTo(12);
    in_order(deployed);
  }

  @Test
  void would_be_refused_if_a_state_were_missing() throws Exception {
    Path broken =
        Files.writeString(
            folder.resolve("broken.json"),
            """
            {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}}}
            """);
    assertThat(validate(List.of(broken)).code()).isNotZero();
  }

  /**
   * Texts of several lines, our prompts, are put on one: Step Functions takes them, but the
   * validator's pattern of a text knows no line breaks.
   */
  private Path onOneLine(String definition, String name) throws IOException {
    return Files.writeString(folder.resolve(name), definition.replace("\\n", " "));
  }

  private static void in_order(List<Path> definitions) throws Exception {
    Verdict verdict = validate(definitions);
    assertThat(verdict.code()).as(verdict.text()).isZero();
  }

  private record Verdict(int code, String text) {}

  private static Verdict validate(List<Path> definitions) throws Exception {
    List<String> command = new ArrayList<>(List.of("node", VALIDATOR.toString()));
    definitions.forEach(
        definition -> command.addAll(List.of("--json-path", definition.toString())));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Verdict(process.waitFor(), text);
  }

  private static List<Path> files(String folder, String end) throws IOException {
    try (Stream<Path> files = Files.walk(Repository.ROOT.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
    }
  }

  private static boolean nodeIsThere() throws InterruptedException {
    try {
      return new ProcessBuilder("node", "--version").redirectErrorStream(true).start().waitFor()
          == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  private static void need(boolean there, String what) {
    if (!there) {
      System.err.println("asl-validator sees no state machine: " + what + " is not there.");
    }
    assumeTrue(there, what);
  }
}
