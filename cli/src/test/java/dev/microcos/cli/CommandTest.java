package dev.microcos.cli;

import static dev.microcos.cli.FakeCloud.end;
import static dev.microcos.cli.FakeCloud.token;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {
  private static final String DONE = end("assistant.message", "{\"text\":\"Good morning.\"}");

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final ByteArrayOutputStream complained = new ByteArrayOutputStream();

  @TempDir private Path data = Path.of("");

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stopListening() {
    System.setOut(out);
    System.setErr(err);
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--data=" + data);
    return Microcos.run(all.toArray(String[]::new));
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  private String complained() {
    return complained.toString(StandardCharsets.UTF_8);
  }

  @Nested
  class sending {
    @Test
    void prints_the_answer_once() {
      try (FakeCloud cloud =
          new FakeCloud(token(1, 0, "Good "), token(1, 0, "Good "), token(1, 1, "mor"), DONE)) {
        cloud.dataFolder(data);

        assertThat(run("send", "hello", "there", "--as=ana")).isZero();

        assertThat(said()).isEqualTo("Good morning.\n");
        assertThat(complained()).isEmpty();
        assertThat(cloud.asked).contains("POST /_local/token", "POST /v1/messages");
      }
    }

    @Test
    void prints_json_for_programs() {
      try (FakeCloud cloud = new FakeCloud(token(1, 0, "Good "), DONE)) {
        cloud.dataFolder(data);

        assertThat(run("send", "hello", "--json")).isZero();

        assertThat(Json.text(Json.read(said()), "text")).isEqualTo("Good morning.");
        assertThat(Json.text(Json.read(said()), "operation_id")).isEqualTo(FakeCloud.OPERATION);
      }
    }

    @Test
    void begins_anew_with_a_new_attempt() {
      try (FakeCloud cloud = new FakeCloud(token(1, 0, "Bad"), token(2, 0, "Good"), DONE)) {
        cloud.dataFolder(data);

        assertThat(run("send", "hello")).isZero();

        assertThat(said()).isEqualTo("Bad\nGood morning.\n");
      }
    }

    @Test
    void goes_on_after_a_broken_connection() {
      try (FakeCloud cloud = new FakeCloud(token(1, 0, "Good "), "CLOSE", DONE)) {
        cloud.dataFolder(data);

        assertThat(run("send", "hello")).isZero();

        assertThat(said()).isEqualTo("Good morning.\n");
        assertThat(cloud.asked).containsSubsequence("sync 0", "sync 7");
      }
    }

    /** The events behind seq 8, of which the last is the end of the answer. */
    private FakeCloud answeringWithTheRest(FakeCloud cloud) {
      return cloud
          .answering(
              "/v1/events?after=8&limit=200", "{\"events\":" + Json.read(DONE).path("events") + "}")
          .answering("/v1/events?after=9&limit=200", "{\"events\":[]}");
    }

    @Test
    void gets_what_is_too_large_for_a_frame() {
      try (FakeCloud cloud =
          answeringWithTheRest(
              new FakeCloud("{\"type\":\"commit\",\"seq\":9,\"fetch\":true}")
                  .answering("/v1/events?after=7&limit=200", "{\"events\":[{\"seq\":8}]}"))) {
        cloud.dataFolder(data);

        assertThat(run("send", "hello")).isZero();

        assertThat(said()).isEqualTo("Good morning.\n");
      }
    }

    @Test
    void gets_a_view_that_is_too_large_for_a_frame_and_reads_on_behind_it() {
      try (FakeCloud cloud =
          answeringWithTheRest(
              new FakeCloud(
                      "{\"type\":\"snapshot\",\"seq\":8,\"fetch\":true}",
                      "{\"type\":\"commit\",\"seq\":9,\"fetch\":true}")
                  .answering("/v1/state", "{\"seq\":8,\"state\":{\"messages\":{}}}"))) {
        cloud.dataFolder(data);

        assertThat(run("send", "hello")).isZero();

        assertThat(said()).isEqualTo("Good morning.\n");
      }
    }

    @Test
    void finds_an_answer_in_a_view_that_is_too_large_for_a_frame() {
      try (FakeCloud cloud =
          new FakeCloud("{\"type\":\"snapshot\",\"seq\":300,\"fetch\":true}")
              .answering(
                  "/v1/state",
                  "{\"seq\":300,\"state\":{\"messages\":{\"%s\":%s}}}"
                      .formatted(
                          FakeCloud.OPERATION,
                          "{\"status\":\"complete\",\"text\":\"Good morning.\"}"))) {
        cloud.dataFolder(data);

        assertThat(run("send", "hello")).isZero();

        assertThat(said()).isEqualTo("Good morning.\n");
      }
    }

    @Test
    void fails_when_the_answer_failed() {
      try (FakeCloud cloud =
          new FakeCloud(
              token(1, 0, "Good"), end("assistant.failed", "{\"detail\":\"No capacity.\"}"))) {
        cloud.dataFolder(data);

        assertThat(run("send", "hello")).isEqualTo(Failure.FAILED);

        assertThat(said()).isEqualTo("Good\n");
        assertThat(complained()).contains("No capacity.").contains("next: ");
      }
    }

    @Test
    void says_when_to_try_again() {
      try (FakeCloud cloud = new FakeCloud()) {
        cloud.dataFolder(data);

        assertThat(run("send", "too fast")).isEqualTo(Failure.FAILED);

        assertThat(complained()).contains("At most 60 messages a minute.").contains("in 7 s");
      }
    }
  }

  @Nested
  class reading {
    @Test
    void prints_messages_and_tasks() {
      try (FakeCloud cloud =
          new FakeCloud()
              .answering(
                  "/v1/state",
                  """
                  {"seq":3,"hash":"abc","state":{
                    "messages":{"b":{"role":"assistant","text":"Hi","status":"complete","seq":2},
                                "a":{"role":"user","text":"Hello","status":"complete","seq":1}},
                    "tasks":{"task_1":{"title":"Call Ana","status":"open","due":"2026-11-24"}}}}
                  """)) {
        cloud.dataFolder(data);

        assertThat(run("state")).isZero();

        assertThat(said())
            .containsSubsequence("seq 3", "you: Hello", "cos: Hi", "[ ] Call Ana, due 2026-11-24");
      }
    }

    @Test
    void pages_through_the_log() {
      try (FakeCloud cloud =
          new FakeCloud()
              .answering(
                  "/v1/events?after=0&limit=200",
                  "{\"events\":[{\"seq\":1,\"type\":\"user.message\"}],\"next\":1}")
              .answering(
                  "/v1/events?after=1&limit=200",
                  "{\"events\":[{\"seq\":2,\"type\":\"task.created\"}]}")) {
        cloud.dataFolder(data);

        assertThat(run("events", "--json")).isZero();

        assertThat(said().lines().map(line -> Json.text(Json.read(line), "type")))
            .containsExactly("user.message", "task.created");
      }
    }

    @Test
    void a_refusal_is_told_with_what_helps() {
      try (FakeCloud cloud = new FakeCloud()) {
        cloud.dataFolder(data);

        assertThat(run("state", "--at=99")).isEqualTo(Failure.FAILED);

        assertThat(complained()).contains("Not found").contains("next: ");
      }
    }
  }

  @Nested
  class nothing_there {
    @Test
    void names_the_command_that_starts_it() {
      assertThat(run("send", "hello")).isEqualTo(Failure.UNREACHABLE);
      assertThat(complained()).contains("next: start it with ./microcos up");
    }

    @Test
    void a_remote_target_that_does_not_answer_is_unreachable() {
      String url;
      try (FakeCloud cloud = new FakeCloud()) {
        url = cloud.url();
      }
      assertThat(Client.remote(url, "t").unreachable(new IOException("refused")).code())
          .isEqualTo(Failure.UNREACHABLE);
      assertThat(run("state", "--target", url)).isEqualTo(Failure.WRONG_USE);
      assertThat(complained()).contains("MICROCOS_TOKEN");
    }

    @Test
    void stopping_is_no_fault() {
      assertThat(run("stop")).isZero();
    }

    @Test
    void a_file_of_a_dead_process_counts_as_none() throws IOException {
      Files.writeString(
          data.resolve("running.json"),
          "{\"pid\":4194304999,\"port\":1,\"admin_port\":1,\"aws_port\":1}");

      assertThat(run("state")).isEqualTo(Failure.UNREACHABLE);
    }

    @Test
    void a_file_whose_process_is_another_program_by_now_does_not_keep_up_from_starting()
        throws IOException {
      Files.writeString(
          data.resolve("running.json"),
          "{\"pid\":%d,\"port\":1,\"admin_port\":1,\"aws_port\":1}"
              .formatted(ProcessHandle.current().pid()));
      try (FileChannel lock =
          FileChannel.open(
              data.resolve("store.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        assertThat(lock.tryLock()).isNotNull();

        assertThat(run("up", "--port=0", "--admin-port=0", "--aws-port=0"))
            .isEqualTo(Failure.FAILED);

        assertThat(complained()).contains("another process uses the data folder");
      }
    }

    @Test
    void up_is_refused_while_it_runs() {
      try (FakeCloud cloud = new FakeCloud()) {
        cloud.dataFolder(data);

        assertThat(run("up")).isEqualTo(Failure.FAILED);

        assertThat(complained()).contains("it already runs", "./microcos stop");
      }
    }
  }

  @Nested
  class resetting {
    @Test
    void deletes_the_data() throws IOException {
      Files.writeString(data.resolve("microcos.db"), "");

      assertThat(run("reset", "--yes")).isZero();

      assertThat(data).doesNotExist();
    }

    @Test
    void is_refused_while_it_runs() {
      try (FakeCloud cloud = new FakeCloud()) {
        cloud.dataFolder(data);

        assertThat(run("reset", "--yes")).isEqualTo(Failure.FAILED);

        assertThat(complained()).contains("./microcos stop");
        assertThat(data).isNotEmptyDirectory();
      }
    }

    @Test
    void keeps_a_folder_that_is_not_ours() throws IOException {
      Files.writeString(data.resolve("holiday.jpg"), "");

      assertThat(run("reset", "--yes")).isEqualTo(Failure.WRONG_USE);

      assertThat(data.resolve("holiday.jpg")).exists();
    }

    @Test
    void asks_and_needs_somebody_to_answer() throws IOException {
      Files.writeString(data.resolve("microcos.db"), "");

      assertThat(run("reset")).isEqualTo(Failure.WRONG_USE);

      assertThat(complained()).contains("--yes");
    }
  }

  @Nested
  class wrong_use {
    @Test
    void an_unknown_command_is_named() {
      assertThat(Microcos.run("sned")).isEqualTo(Failure.WRONG_USE);
      assertThat(complained()).contains("there is no command sned").contains("--help");
    }

    @Test
    void nothing_to_say_is_wrong() {
      assertThat(run("send")).isEqualTo(Failure.WRONG_USE);
      assertThat(complained()).contains("TEXT").contains("./microcos send --help");
    }

    @Test
    void help_is_a_success() {
      assertThat(Microcos.run("send", "--help")).isZero();
      assertThat(said()).contains("--target").contains("--json");
    }
  }
}
