package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that wait. They are on the disk and nowhere else, so nobody has to put them to sleep. */
class HibernationTest {

  private static final String ANA = "{\"email\":\"ana@example.org\",\"name\":\"Ana\"}";
  private static final String WISH = "{\"first\":\"travel\"}";

  @Test
  void one_goes_on_after_days_and_restarts_and_does_nothing_again(@TempDir Path folder) {
    String id;
    String input;
    try (TestCloud cloud = TestCloud.start(folder, TestCloud.WIDE)) {
      TestRun run = TestRun.start(cloud.as("sleeper"), "onboarding", ANA);
      id = run.id();
      input = run.question();
      cloud.advance("P3D");
    }
    try (TestCloud cloud = TestCloud.start(folder, TestCloud.WIDE)) {
      TestRun run = new TestRun(cloud.as("sleeper"), id);
      assertThat(run.view().path("status").asText()).isEqualTo("waiting_input");
      JsonNode _ = run.answers(input, WISH).is(202, "run-write");
      JsonNode waiting =
          run.once("a wait", view -> view.path("status").asText().equals("waiting_signal"));
      JsonNode late = run.answers(input, "{\"first\":\"tasks\"}").is(409, "problem");
      assertThat(late.path("answered_by")).isEqualTo(answer(waiting, input).path("by"));
      assertThat(late.path("answered_at")).isEqualTo(answer(waiting, input).path("at"));
      cloud.advance("P3D");
    }
    try (TestCloud cloud = TestCloud.start(folder, TestCloud.WIDE)) {
      TestRun run = new TestRun(cloud.as("sleeper"), id);
      JsonNode _ =
          run.person()
              .post(
                  "/v1/signals",
                  "{\"type\":\"email_verified\",\"data\":{\"email\":\"ana@example.org\"}}")
              .is(202, "signal-accepted");
      JsonNode view = run.completed();
      assertThat(view.at("/result/wish/first").asText()).isEqualTo("travel");
      assertThat(TestRun.steps(view))
          .containsExactly(
              "Ask what comes first", "Await the verified address", "Remember the wish", "Welcome");
      assertThat(run.types().stream().filter("step.started"::equals)).hasSize(4);
    }
  }

  private static JsonNode answer(JsonNode view, String input) {
    return view.at("/questions/" + input + "/answer");
  }
}
