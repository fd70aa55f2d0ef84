package dev.microcos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.wire.tool.Tools;
import dev.microcos.core.wire.workflow.WorkflowReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Definitions that run in the command's own process, and the folders that it makes. */
class RunFileTest {
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
  private @Nullable String home;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
    home = System.setProperty("microcos.home", folder.toString());
  }

  @AfterEach
  void stopListening() {
    System.setOut(out);
    System.setErr(err);
    if (home == null) {
      System.clearProperty("microcos.home");
    } else {
      System.setProperty("microcos.home", Objects.requireNonNull(home));
    }
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  private String complained() {
    return complained.toString(StandardCharsets.UTF_8);
  }

  private String file(String states) throws IOException {
    String text = "{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"A\",\"States\":{" + states + "}}";
    return Files.writeString(folder.resolve("lone.asl.json"), text).toString();
  }

  @Test
  void a_lone_file_runs_without_a_server() throws IOException {
    String file =
        file(
            """
            "A":{"Type":"Pass","Assign":{"n":"{% $states.input.n + 1 %}"},"Next":"B"},
            "B":{"Type":"Succeed","Output":{"sum":"{% $n + 1 %}"}}
            """);

    assertThat(Microcos.run("run", file, "n=40", "--watch")).isZero();

    assertThat(said()).isEqualTo("  ▸  A\n  ▸  B\n{\n  \"sum\" : 42\n}\n");
    assertThat(complained()).isEmpty();
  }

  @Test
  void a_run_that_fails_says_why() throws IOException {
    String file = file("\"A\":{\"Type\":\"Fail\",\"Error\":\"No.Way\",\"Cause\":\"It is shut.\"}");

    assertThat(Microcos.run("run", file)).isEqualTo(Failure.FAILED);
    assertThat(complained()).contains("FAILED, No.Way: It is shut.", "next: mend");

    assertThat(Microcos.run("run", file, "--json")).isEqualTo(Failure.FAILED);
    assertThat(Json.text(Json.read(said()), "error")).isEqualTo("No.Way");
  }

  @Test
  void tasks_are_refused_by_their_state() throws IOException {
    String task =
        "{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::sqs:sendMessage\",\"End\":true}";
    String file =
        file(
            """
            "A":{"Type":"Parallel","End":true,"Branches":[
              {"StartAt":"Send it","States":{"Send it":%s}}]}
            """
                .formatted(task));

    assertThat(Microcos.run("run", file)).isEqualTo(Failure.FAILED);

    assertThat(complained()).contains("\"Send it\" is a task", "next: ", "./microcos run NAME");
  }

  @Test
  void a_definition_that_is_not_in_order_is_told_in_words() throws IOException {
    assertThat(Microcos.run("run", file("\"A\":{\"Type\":\"Pass\",\"Next\":\"Nowhere\"}")))
        .isEqualTo(Failure.FAILED);
    assertThat(complained()).contains("Nowhere");

    assertThat(Microcos.run("run", "nothing.json")).isEqualTo(Failure.WRONG_USE);
    assertThat(complained()).contains("cannot read nothing.json");
  }

  @Test
  void a_new_workflow_is_in_order_and_runs_at_once() throws Exception {
    assertThat(Microcos.run("new", "greet")).isZero();
    assertThat(said()).contains("./microcos run greet name=Ana --watch");

    Path made = folder.resolve("statemachines");
    assertThat(WorkflowReader.read(made, Tools.ofTheHouse())).containsOnlyKeys("greet");
    said.reset();
    String file = made.resolve("greet/definition.asl.json").toString();
    assertThat(Microcos.run("run", file, "name=Ana", "--json")).as(complained()).isZero();

    JsonNode output = Json.read(Json.text(Json.read(said()), "output"));
    assertThat(Json.text(output, "greeting")).matches("Good (morning|day), Ana\\.");
    assertThat(Json.text(output.path("now"), "time_zone")).isEqualTo("UTC");
  }

  @Test
  void a_workflow_in_its_folder_is_held_to_what_it_takes() {
    assertThat(Microcos.run("new", "greet")).isZero();
    String file = folder.resolve("statemachines/greet/definition.asl.json").toString();

    assertThat(Microcos.run("run", file)).isEqualTo(Failure.FAILED);
    assertThat(complained()).contains("/name", "workflow.json");
    assertThat(Microcos.run("run", file, "name=Ana", "--start-step", "Nowhere"))
        .isEqualTo(Failure.WRONG_USE);
    assertThat(complained()).contains("choose one of Look at the clock");
  }

  @Test
  void a_name_that_will_not_do_is_refused() {
    assertThat(Microcos.run("new", "My Workflow")).isEqualTo(Failure.WRONG_USE);
    assertThat(complained()).contains("try ./microcos new my-workflow");
    assertThat(Microcos.run("new", "greet")).isZero();
    assertThat(Microcos.run("new", "greet")).isEqualTo(Failure.FAILED);
    assertThat(complained()).contains("is there already");
  }
}
