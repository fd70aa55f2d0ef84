package dev.microcos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.local.cloud.LocalCloud;
import dev.microcos.local.cloud.LocalCloudOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The commands about runs, against the local cloud with the workflows that ship. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalRunsTest {
  private Path data = Path.of("");
  private @Nullable LocalCloud cloud;

  private record Outcome(int code, String out, String err) {
    JsonNode json() {
      return Json.read(out);
    }
  }

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    data = folder.resolve("data");
    Path workflows = Files.createDirectories(folder.resolve("statemachines"));
    copy("approval", workflows);
    cloud =
        LocalCloud.start(
            LocalCloudOptions.onFreePorts(data, Map.of("WORKFLOWS", workflows.toString())));
  }

  @AfterAll
  void stop() {
    Objects.requireNonNull(cloud).close();
  }

  private static void copy(String name, Path to) throws IOException {
    Path made = Files.createDirectories(to.resolve(name));
    for (String file : List.of("workflow.json", "definition.asl.json")) {
      Files.copy(Path.of("..", "statemachines", name, file), made.resolve(file));
    }
  }

  private Outcome run(String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
    try {
      List<String> all = new ArrayList<>(List.of(arguments));
      all.add("--data=" + data);
      int code = Microcos.run(all.toArray(String[]::new));
      return new Outcome(
          code, said.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  /** Starts an approval and follows it to its question; gives the run's id. */
  private String asked(String person) {
    Outcome started = run("run", "approval", "request=A bench", "--json", "--as", person);
    assertThat(started.code()).as(started.err()).isZero();
    String id = Json.text(started.json(), "run_id");
    Client client = Client.local(new DataFolder(data).needRunning(), person);
    try (Frames frames =
        client.frames(
            0,
            all ->
                all.send(
                    Json.object().put("action", "subscribe").put("run_id", id).put("after", 0)))) {
      while (!run("show", id, "--json", "--as", person).out().contains("\"open\"")) {
        var _ = frames.next(Duration.ofSeconds(30));
      }
    }
    return id;
  }

  @Test
  void a_question_is_shown_answered_and_the_run_is_followed_to_its_end() {
    String id = asked("ana");
    assertThat(run("show", id, "--as", "ana").out()).contains("?  A bench", "answer " + id);

    assertThat(run("answer", id, "Ask", "{\"approved\":\"maybe\"}", "--as", "ana").err())
        .contains("/value/approved", "still open");
    Outcome answered = run("answer", id, "Ask", "{\"approved\":true}", "--as", "ana");
    assertThat(answered.code()).as(answered.err()).isZero();

    Outcome watched = run("watch", id, "--as", "ana");
    assertThat(watched.code()).as(watched.out() + watched.err()).isZero();
    assertThat(watched.out())
        .containsSubsequence("Ask for the approval", "answered by", "completed", "approved");
    assertThat(run("runs", "--status", "completed", "--as", "ana").out()).contains(id);
    assertThat(run("answer", id, "Ask", "{\"approved\":false}", "--as", "ana").err())
        .contains("already answered by");
    assertThat(run("rerun", id, "--from", "Ask", "--dry-run", "--as", "ana").out())
        .contains("runs again  Ask");
  }

  @Test
  void a_cancelled_run_fails_who_watches_it() {
    String id = asked("bo");
    assertThat(run("cancel", id.substring(0, 12), "--as", "bo").code()).isZero();

    Outcome watched = run("watch", id, "--as", "bo");

    assertThat(watched.code()).isEqualTo(Failure.FAILED);
    assertThat(watched.out()).contains("cancelled");
    assertThat(run("cancel", id, "--as", "bo").out()).contains("over before: cancelled");
  }

  @Test
  void what_can_be_run_is_told() {
    assertThat(run("workflows").out()).contains("Ask for an approval", "request=STRING");
    assertThat(run("run", "aproval").err()).contains("choose one of approval");
    assertThat(run("run", "approval").err()).contains("/input/request");
    assertThat(run("signal", "nobody_waits", "a=1").out()).contains("sent evt_");
  }
}
