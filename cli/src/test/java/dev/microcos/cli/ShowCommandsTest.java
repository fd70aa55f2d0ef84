package dev.microcos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Finding a run by the beginning of its id or in the list, and showing it. */
class ShowCommandsTest extends CapturedCommands {

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
}
