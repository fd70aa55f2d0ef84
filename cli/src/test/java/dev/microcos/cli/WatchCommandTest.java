package dev.microcos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Following a run: over a socket, and by reading what the socket left out. */
class WatchCommandTest extends CapturedCommands {

  private static final String EVENTS = "/v1/runs/" + RUN + "/events?after=";

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
}
