package dev.microcos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.cloud.LocalCloud;
import dev.microcos.local.cloud.LocalCloudOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

/** The commands that look into the log and the queues, against the local cloud. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogCommandsTest {
  private static final Map<String, String> AT_ONCE = Map.of("MICROCOS_OFFLINE_PACE", "0");

  private Path data = Path.of("");
  private @Nullable LocalCloud cloud;

  private record Outcome(int code, String out, String err) {
    JsonNode json() {
      return Json.read(out);
    }
  }

  @BeforeAll
  void start(@TempDir Path folder) {
    data = folder.resolve("data");
    cloud = LocalCloud.start(LocalCloudOptions.onFreePorts(data, AT_ONCE));
  }

  @AfterAll
  void stop() {
    Objects.requireNonNull(cloud).close();
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

  private JsonNode firstEvent(String person) {
    return Json.read(run("events", "--json", "--as", person).out().lines().findFirst().orElse(""));
  }

  @Test
  void replay_gives_what_the_server_has() {
    run("send", "What can you do?", "--as", "ana");
    run("send", "What is due today?", "--as", "ana");

    Outcome outcome = run("replay", "--as", "ana", "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.json().path("equal").asBoolean()).isTrue();
    assertThat(outcome.json().path("events").asInt()).isGreaterThanOrEqualTo(4);
    assertThat(outcome.json().path("hash"))
        .isEqualTo(run("state", "--as", "ana", "--json").json().path("hash"));
    assertThat(run("replay", "--as", "ana").out()).contains("events folded", "equal");
  }

  @Test
  void replay_of_an_empty_log_says_so() {
    assertThat(run("replay", "--as", "nobody").out()).contains("empty");
  }

  @Test
  void state_at_a_seq_is_what_it_was() {
    run("send", "What can you do?", "--as", "bea");

    JsonNode before = run("state", "--at", "1", "--as", "bea", "--json").json();

    assertThat(before.path("seq").asInt()).isEqualTo(1);
    assertThat(before.at("/state/messages").size()).isEqualTo(2);
    Outcome beyond = run("state", "--at", "99", "--as", "bea");
    assertThat(beyond.code()).isEqualTo(Failure.FAILED);
    assertThat(beyond.err()).contains("99", "next: see ./microcos state");
  }

  @Test
  void trace_shows_all_that_a_request_caused() {
    run("send", "What can you do?", "--as", "eve");
    String request = Json.text(firstEvent("eve"), "request_id");

    Outcome outcome = run("trace", request, "--as", "eve");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("user.message", "assistant.message", "narrate", "complete");
    JsonNode json = run("trace", request, "--as", "eve", "--json").json();
    assertThat(json.path("events").size()).isEqualTo(2);
    Outcome another = run("trace", request, "--as", "mallory");
    assertThat(another.code()).isEqualTo(Failure.FAILED);
    assertThat(another.err()).contains("nothing is known of", "next: ", "--as");
    assertThat(run("trace", "evt_1").code()).isEqualTo(Failure.WRONG_USE);
  }

  @Test
  void what_was_given_up_on_is_listed_and_comes_back() {
    run("send", "What can you do?", "--as", "kim");
    ObjectNode lost = (ObjectNode) firstEvent("kim");
    lost.remove(List.of("seq", "operation_id", "client_action_id"));
    lost.put("event_id", "evt_" + Ids.actionId()).put("generation", 1).put("type", "task.created");
    lost.putObject("payload")
        .put("task_id", "task_" + Ids.actionId())
        .put("title", "Found again")
        .put("status", "open")
        .put("priority", "normal")
        .put("source", "user");
    new Sqs(Objects.requireNonNull(cloud).awsUrl())
        .call(
            "SendMessage",
            Json.object()
                .put("QueueUrl", "http://x/000000000000/microcos-development-inbox-dead.fifo")
                .put("MessageBody", Json.line(lost))
                .put("MessageGroupId", Json.text(lost, "user_id"))
                .put("MessageDeduplicationId", Ids.actionId()));

    for (int again = 0; again < 2; again++) {
      assertThat(run("dlq", "list").out())
          .contains("inbox-dead.fifo", Json.text(lost, "event_id"), "failed 100 times", "redrive")
          .doesNotContain("Found again");
    }
    assertThat(run("dlq", "redrive").out()).contains("1 moved back");
    assertThat(run("dlq", "list").out()).contains("nothing was given up on");

    // What is sent later comes after it.
    run("send", "What is due today?", "--as", "kim");
    assertThat(run("state", "--as", "kim").out()).contains("Found again");
    assertThat(run("replay", "--as", "kim").code()).isZero();
  }

  @Test
  void what_nobody_can_read_is_listed_with_its_reason_and_not_shown() {
    run("send", "What can you do?", "--as", "lou");
    String user = Json.text(firstEvent("lou"), "user_id");
    new Sqs(Objects.requireNonNull(cloud).awsUrl())
        .call(
            "SendMessage",
            Json.object()
                .put("QueueUrl", "http://x/000000000000/microcos-development-inbox.fifo")
                .put("MessageBody", "Rapunzel")
                .put("MessageGroupId", user)
                .put("MessageDeduplicationId", Ids.actionId()));
    // It holds nobody up, and whoever is answered here comes behind it.
    assertThat(run("send", "What is due today?", "--as", "lou").code()).isZero();
    assertThat(run("dlq", "list").out())
        .contains("inbox-dead.fifo", "it is no envelope", "functions.log", "redrive")
        .doesNotContain("Rapunzel");
    assertThat(run("dlq", "redrive").out()).contains("1 moved back");
    assertThat(run("send", "And tomorrow?", "--as", "lou").code()).isZero();
    assertThat(run("dlq", "list").out()).contains("it is no envelope");
    new Sqs(Objects.requireNonNull(cloud).awsUrl())
        .call(
            "PurgeQueue",
            Json.object()
                .put("QueueUrl", "http://x/000000000000/microcos-development-inbox-dead.fifo"));
  }

  @Test
  void dlq_says_what_it_knows() {
    assertThat(run("dlq", "burn").err()).contains("next: try dlq list or dlq redrive");
    Outcome remote = run("dlq", "list", "--target", "https://example.org");
    assertThat(remote.code()).isEqualTo(Failure.WRONG_USE);
    assertThat(remote.err()).contains("start-message-move-task");
  }
}
