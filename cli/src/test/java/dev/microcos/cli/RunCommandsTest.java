package dev.microcos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about workflows and runs, against a server that answers as the contract says. */
class RunCommandsTest {
  private static final String RUN = "run_0193a1b2-0000-7000-8000-000000000001";
  private static final String OTHER = "run_0193ffff-0000-7000-8000-000000000002";
  private static final String INPUT = "inp_0193a1b2-0000-7000-8000-000000000003";
  private static final String EVENTS = "/v1/runs/" + RUN + "/events?after=";
  private static final String WORKFLOWS =
      """
      {"workflows":{"report":{"title":"Write a report","input_schema":{"type":"object",
        "required":["topic"],"properties":{"topic":{"type":"string"},"parts":{"type":"integer"}}}}}}
      """;

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
  private FakeCloud cloud = new FakeCloud();

  @TempDir private Path data = Path.of("");

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
    cloud.dataFolder(data);
  }

  @AfterEach
  void stopListening() {
    cloud.close();
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

  private JsonNode posted(String path) {
    return Objects.requireNonNull(cloud.posted.get(path), path);
  }

  /** Plays these frames to a socket that subscribes. */
  private void playing(String... frames) {
    cloud.close();
    cloud = new FakeCloud(frames);
    cloud.dataFolder(data);
  }

  private static String event(int seq, String type, String payload) {
    return "{\"seq\":%d,\"event_id\":\"evt_%d\",\"type\":\"%s\",\"payload\":%s}"
        .formatted(seq, seq, type, payload);
  }

  private static String events(String... events) {
    return "{\"events\":[" + String.join(",", events) + "]}";
  }

  private static String frame(int from, int seq, String... events) {
    return "{\"type\":\"run\",\"run_id\":\"%s\",\"from\":%d,\"seq\":%d,\"patch\":{},\"events\":[%s]}"
        .formatted(RUN, from, seq, String.join(",", events));
  }

  private static final String STARTED =
      event(1, "run.started", "{\"workflow\":\"report\",\"title\":\"A report\"}");
  private static final String STEP =
      event(2, "step.started", "{\"step_id\":\"step_a\",\"name\":\"Plan\",\"title\":\"Plan it\"}");
  private static final String DONE =
      event(
          3,
          "step.completed",
          "{\"step_id\":\"step_a\",\"duration_ms\":1240,\"cost\":832,\"input_tokens\":10}");
  private static final String COMPLETED = event(4, "run.completed", "{\"result\":{\"a\":1}}");

  @Nested
  class starting {
    @Test
    void sends_the_input_as_the_schema_wants_it() throws IOException {
      cloud
          .answering("/v1/workflows", WORKFLOWS)
          .answering(
              202, "/v1/runs", "{\"run_id\":\"" + RUN + "\",\"run_url\":\"http://x/#/runs/r\"}");
      Path file = Files.writeString(data.resolve("more.json"), "{\"parts\":1,\"deep\":{\"a\":[]}}");

      assertThat(run("run", "report", "@" + file, "topic=42", "parts=3", "flag=true")).isZero();

      JsonNode body = posted("/v1/runs");
      assertThat(Json.line(body.path("input")))
          .isEqualTo("{\"parts\":3,\"deep\":{\"a\":[]},\"topic\":\"42\",\"flag\":true}");
      assertThat(Json.text(body, "workflow")).isEqualTo("report");
      assertThat(Json.text(body, "client_action_id")).isNotEmpty();
      assertThat(said()).startsWith(RUN + "\n").contains("http://x/#/runs/r", "watch");
    }

    @Test
    void names_what_there_is_instead_of_an_unknown_workflow() {
      cloud.answering("/v1/workflows", WORKFLOWS);

      assertThat(run("run", "reprot")).isEqualTo(Failure.FAILED);

      assertThat(complained()).contains("no workflow reprot", "choose one of report", "new reprot");
    }

    @Test
    void tells_what_does_not_fit() {
      cloud
          .answering("/v1/workflows", WORKFLOWS)
          .answering(
              400,
              "/v1/runs",
              "{\"detail\":\"It does not"
                  + " fit.\",\"errors\":[{\"pointer\":\"/input/topic\",\"detail\":\"is"
                  + " missing\"}]}");

      assertThat(run("run", "report")).isEqualTo(Failure.FAILED);

      assertThat(complained())
          .contains("/input/topic is missing", "next: see ./microcos workflows");
    }

    @Test
    void refuses_words_that_are_no_input() {
      cloud.answering("/v1/workflows", WORKFLOWS);

      assertThat(run("run", "report", "garden")).isEqualTo(Failure.WRONG_USE);
      assertThat(run("run", "report", "@nowhere.json")).isEqualTo(Failure.WRONG_USE);

      assertThat(complained()).contains("key=garden", "cannot read nowhere.json");
    }

    @Test
    void lists_what_can_be_run_and_what_it_takes() {
      cloud.answering("/v1/workflows", WORKFLOWS);

      assertThat(run("workflows")).isZero();

      assertThat(said())
          .contains("Write a report", "./microcos run report topic=STRING [parts=INTEGER]");
    }
  }

  @Nested
  class following {
    @Test
    void prints_what_happens_and_gives_the_result() {
      playing(frame(2, 3, DONE), frame(3, 4, COMPLETED));
      cloud
          .answering("/v1/runs/" + RUN, "{\"status\":\"completed\",\"result\":{\"a\":1}}")
          .answering(EVENTS + "0&limit=200", events(STARTED, STEP));

      assertThat(run("watch", RUN)).isZero();

      assertThat(said())
          .containsSubsequence(
              "A report (report)  " + RUN,
              "  ▸  Plan it\n",
              "  ✓  Plan it  1.2 s",
              "completed\n",
              "\"a\" : 1");
      assertThat(cloud.asked).anyMatch(asked -> asked.contains("subscribe") && asked.contains("2"));
    }

    @Test
    void of_a_run_that_failed_fails_and_says_how_to_go_on() {
      cloud
          .answering(
              "/v1/runs/" + RUN,
              "{\"status\":\"failed\",\"error\":{\"code\":\"States.Timeout\",\"cause\":\"too"
                  + " slow\"}}")
          .answering(
              EVENTS + "0&limit=200",
              events(STARTED, event(2, "run.failed", "{\"error\":\"States.Timeout\"}")));

      assertThat(run("watch", RUN)).isEqualTo(Failure.FAILED);

      assertThat(said()).contains("failed\nStates.Timeout: too slow\n", "rerun " + RUN);
    }

    @Test
    void reads_what_frames_leave_out() {
      playing("{\"type\":\"run\",\"run_id\":\"%s\",\"seq\":4,\"fetch\":true}".formatted(RUN));
      cloud
          .answering("/v1/runs/" + RUN, "{\"status\":\"completed\"}")
          .answering(EVENTS + "0&limit=200", events(STARTED))
          .answering(EVENTS + "1&limit=200", events(STEP, DONE, COMPLETED));

      assertThat(run("watch", RUN, "--json")).isZero();

      assertThat(said().lines().map(line -> Json.text(Json.read(line), "type")))
          .containsExactly("run.started", "step.started", "step.completed", "run.completed");
    }

    @Test
    void reads_on_after_a_gap_and_a_broken_connection() {
      playing(frame(3, 4, COMPLETED), "CLOSE", frame(9, 9));
      cloud
          .answering("/v1/runs/" + RUN, "{\"status\":\"completed\"}")
          .answering(EVENTS + "0&limit=200", events(STARTED))
          .answering(EVENTS + "1&limit=200", events(STEP))
          .answering(EVENTS + "2&limit=200", events(DONE, COMPLETED));

      assertThat(run("watch", RUN, "--json")).isZero();

      assertThat(said().lines().map(line -> Json.read(line).path("seq").asInt()))
          .containsExactly(1, 2, 3, 4);
    }

    @Test
    void shows_a_question_with_the_command_that_answers_it() {
      String asked =
          """
          {"input_id":"%s","prompt":"Buy it?","deadline":"2030-01-01T00:00:00.000Z",
           "schema":{"type":"object","properties":{"ok":{"type":"boolean"}}}}
          """
              .formatted(INPUT);
      cloud
          .answering("/v1/runs/" + RUN, "{\"status\":\"cancelled\"}")
          .answering(
              EVENTS + "0&limit=200",
              events(STARTED, event(2, "input.required", asked), event(3, "run.cancelled", "{}")));

      assertThat(run("watch", RUN)).isEqualTo(Failure.FAILED);

      assertThat(said())
          .contains("?  Buy it?", "{\"ok\": boolean}", "answer " + RUN + " " + INPUT + " VALUE");
    }

    @Test
    void can_be_asked_for_at_the_start() {
      cloud
          .answering("/v1/workflows", WORKFLOWS)
          .answering(202, "/v1/runs", "{\"run_id\":\"" + RUN + "\"}")
          .answering("/v1/runs/" + RUN, "{\"status\":\"completed\"}")
          .answering(EVENTS + "0&limit=200", events(STARTED, COMPLETED));

      assertThat(run("run", "report", "topic=x", "--watch")).isZero();

      assertThat(said()).contains("completed\n");
    }
  }

  @Nested
  class finding {
    private static final String PAGE =
        "{\"runs\":[{\"run_id\":\"%s\",\"workflow\":\"report\",\"title\":\"A report\","
            + "\"status\":\"completed\",\"started_at\":\"2026-11-21T10:00:00.000Z\"}]";

    @Test
    void a_beginning_that_only_one_has_is_enough() {
      cloud
          .answering("/v1/runs?limit=100", PAGE.formatted(RUN) + ",\"next\":\"1\"}")
          .answering("/v1/runs?limit=100&before=1", PAGE.formatted(OTHER) + "}")
          .answering("/v1/runs/" + OTHER, "{\"run_id\":\"" + OTHER + "\",\"status\":\"running\"}");

      assertThat(run("show", "0193ff", "--json")).isZero();
      assertThat(Json.text(Json.read(said()), "run_id")).isEqualTo(OTHER);

      assertThat(run("show", "run_0193")).isEqualTo(Failure.WRONG_USE);
      assertThat(complained()).contains("2 begin with run_0193", "give more of the id");
      assertThat(run("show", "run_5")).isEqualTo(Failure.FAILED);
      assertThat(complained()).contains("no run begins with run_5", "see ./microcos runs");
      assertThat(run("show", "what?")).isEqualTo(Failure.WRONG_USE);
    }

    @Test
    void an_unknown_run_is_told_so() {
      assertThat(run("show", RUN)).isEqualTo(Failure.FAILED);
      assertThat(complained()).contains("there is no run " + RUN, "see ./microcos runs");
    }

    @Test
    void runs_are_filtered_and_paged() {
      cloud
          .answering(
              "/v1/runs?limit=2&status=failed&workflow=report",
              PAGE.formatted(RUN) + ",\"next\":\"x y\"}")
          .answering(
              "/v1/runs?limit=1&status=failed&workflow=report&before=x+y",
              PAGE.formatted(OTHER) + ",\"next\":\"z\"}");

      assertThat(run("runs", "--status", "failed", "--workflow", "report", "--limit", "2"))
          .isZero();

      assertThat(said().lines().map(line -> line.split(" ", 2)[0])).containsExactly(RUN, OTHER);
      assertThat(said()).contains("A report (report)");
    }
  }

  @Nested
  class showing {
    @Test
    void prints_steps_questions_and_state() {
      cloud.answering(
          "/v1/runs/" + RUN,
          """
          {"run_id":"%s","workflow":"report","title":"A report","status":"waiting_input",
           "cost":{"input_tokens":10,"output_tokens":5,"micro_usd":832},
           "steps":{"step_b":{"name":"Ask","order":2,"status":"waiting"},
                    "step_a":{"name":"Plan","title":"Plan it","order":1,"status":"completed","attempt":2,"duration_ms":61000}},
           "questions":{"%s":{"prompt":"Buy it?","schema":{"enum":["yes","no"]},"deadline":"2030","status":"open","step_id":"step_b"}},
           "waits":{"w":{"signal":"paid","deadline":"2031","status":"open"}},
           "state":{"topic":"x"}}
          """
              .formatted(RUN, INPUT));

      assertThat(run("show", RUN)).isZero();

      assertThat(said())
          .containsSubsequence(
              "A report (report)",
              "waiting_input",
              "15 tokens $0.000832",
              "✓  Plan it, attempt 2  1 min 1 s",
              "▸  Ask",
              "?  Buy it?",
              "one of [\"yes\",\"no\"]",
              "waits for the signal paid until 2031",
              "\"topic\" : \"x\"");
    }
  }

  @Nested
  class answering {
    private static final String ASKING =
        """
        {"run_id":"%s","steps":{"step_b":{"name":"Ask"}},
         "questions":{"%s":{"step_id":"step_b","schema":{"type":"%s"},"status":"open"}}}
        """;
    private static final String PATH = "/v1/runs/" + RUN + "/inputs/" + INPUT;

    @Test
    void sends_json_or_text_as_the_schema_wants_it() {
      cloud
          .answering("/v1/runs/" + RUN, ASKING.formatted(RUN, INPUT, "string"))
          .answering(202, PATH, "{}");
      assertThat(run("answer", RUN, "inp_0193", "true")).isZero();
      assertThat(posted(PATH).path("value").isTextual()).isTrue();

      cloud.answering("/v1/runs/" + RUN, ASKING.formatted(RUN, INPUT, "object"));
      assertThat(run("answer", RUN, "Ask", "{\"ok\":true}")).isZero();
      assertThat(posted(PATH).at("/value/ok").asBoolean()).isTrue();
    }

    @Test
    void says_who_was_first() {
      cloud
          .answering("/v1/runs/" + RUN, ASKING.formatted(RUN, INPUT, "boolean"))
          .answering(409, PATH, "{\"answered_by\":\"ana\",\"answered_at\":\"2026-11-21\"}");

      assertThat(run("answer", RUN, "Ask", "true")).isEqualTo(Failure.FAILED);

      assertThat(complained()).contains("already answered by ana at 2026-11-21");
    }

    @Test
    void leaves_a_question_open_whose_answer_does_not_fit() {
      cloud
          .answering("/v1/runs/" + RUN, ASKING.formatted(RUN, INPUT, "boolean"))
          .answering(
              400, PATH, "{\"errors\":[{\"pointer\":\"/value\",\"detail\":\"must be boolean\"}]}");

      assertThat(run("answer", RUN, "Ask", "maybe")).isEqualTo(Failure.FAILED);
      assertThat(complained()).contains("/value must be boolean", "still open");
      assertThat(run("answer", RUN, "Nothing", "1")).isEqualTo(Failure.FAILED);
      assertThat(complained()).contains("no question begins with Nothing", "show " + RUN);
    }
  }

  @Nested
  class changing {
    @Test
    void cancel_tells_how_it_stands() {
      cloud.answering(202, "/v1/runs/" + RUN + "/cancel", "{\"run_status\":\"completed\"}");

      assertThat(run("cancel", RUN)).isZero();
      assertThat(said()).isEqualTo("it was over before: completed\n");
      assertThat(run("cancel", OTHER)).isEqualTo(Failure.FAILED);
      assertThat(complained()).contains("there is no run " + OTHER);
    }

    @Test
    void rerun_previews_and_runs() {
      cloud
          .answering(
              200,
              "/v1/runs/" + RUN + "/rerun?dry_run=true",
              "{\"runs_again\":[\"Write\",\"Join\"],\"keeps\":[\"Plan\"]}")
          .answering(
              202,
              "/v1/runs/" + RUN + "/rerun",
              "{\"run_id\":\"" + OTHER + "\",\"runs_again\":[\"Write\"]}");

      assertThat(run("rerun", RUN, "--from", "Write", "--dry-run")).isZero();
      assertThat(said()).contains("runs again  Write, Join", "keeps       Plan");
      assertThat(Json.text(posted("/v1/runs/" + RUN + "/rerun"), "from")).isEqualTo("Write");

      assertThat(run("rerun", RUN)).isZero();
      assertThat(said()).contains(OTHER + "\n", "watch " + OTHER);
    }

    @Test
    void a_signal_carries_its_data() {
      cloud
          .answering(202, "/v1/signals", "{\"signal_id\":\"evt_1\"}")
          .answering("/v1/signals/routes", "{\"routes\":{\"paid\":[\"thank-you\"]}}");

      assertThat(run("signal", "paid", "amount=12.5", "by=ana", "--run", RUN)).isZero();

      assertThat(Json.line(posted("/v1/signals").path("data")))
          .isEqualTo("{\"amount\":12.5,\"by\":\"ana\"}");
      assertThat(Json.text(posted("/v1/signals"), "run_id")).isEqualTo(RUN);
      assertThat(said()).contains("evt_1", "starts thank-you");
    }
  }
}
