package dev.microcos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The commands that start a run, answer its questions and change its course. */
class RunCommandsTest extends CapturedCommands {

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
