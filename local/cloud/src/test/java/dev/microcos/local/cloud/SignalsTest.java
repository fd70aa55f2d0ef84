package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What happens outside, and whom it wakes or starts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignalsTest {

  private static final String REGISTERED =
      "{\"type\":\"user_registered\",\"data\":{\"email\":\"ana@example.com\",\"name\":\"Ana\"}}";
  private static final String VERIFIED =
      "{\"type\":\"email_verified\",\"data\":{\"email\":\"ana@example.com\"}}";

  private static TestCloud cloud;

  @BeforeAll
  static void start(@TempDir Path folder) {
    cloud = TestCloud.start(folder, TestCloud.WIDE);
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  private static void sends(TestPerson person, String signal) {
    JsonNode accepted = person.post("/v1/signals", signal).is(202, "signal-accepted");
    JsonNode _ = person.logged(accepted.path("event_id").asText());
  }

  private static TestRun onlyRun(TestPerson person) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> person.get("/v1/runs").is(200, "runs").path("runs").size() == 1);
    JsonNode runs = person.get("/v1/runs").is(200, "runs").path("runs");
    return new TestRun(person, runs.path(0).path("run_id").asText());
  }

  /** Answers whatever the run asks until it waits for a signal. */
  private static void answersUntilItWaits(TestRun run) {
    while (true) {
      JsonNode view =
          run.once(
              "a wait",
              each ->
                  List.of("waiting_input", "waiting_signal", "completed", "failed")
                      .contains(each.path("status").asText()));
      if (!view.path("status").asText().equals("waiting_input")) {
        return;
      }
      String input = run.question();
      JsonNode _ = run.answers(input, "{\"first\":\"tasks\"}").is(202, "run-write");
      JsonNode _ =
          run.once(
              "the answer",
              each -> !each.at("/questions/" + input + "/status").asText().equals("open"));
    }
  }

  @Test
  void one_starts_a_workflow_and_another_wakes_it() {
    TestPerson person = cloud.as("newcomer");
    sends(person, REGISTERED);
    TestRun run = onlyRun(person);
    assertThat(run.view().at("/trigger/kind").asText()).isEqualTo("signal");
    answersUntilItWaits(run);
    assertThat(run.view().path("status").asText()).isEqualTo("waiting_signal");
    sends(person, VERIFIED);
    assertThat(run.completed().path("waits")).hasSize(1);
    JsonNode _ =
        person.once("the welcome", state -> state.path("notifications").toString().contains("Ana"));
    JsonNode _ =
        person.once(
            "the wish", state -> state.at("/memory/facts/first_wish").toString().contains("tasks"));
  }

  @Test
  void one_that_comes_before_its_wait_is_kept_for_it() {
    TestPerson person = cloud.as("early-bird");
    sends(person, VERIFIED);
    sends(person, REGISTERED);
    TestRun run = onlyRun(person);
    answersUntilItWaits(run);
    JsonNode _ = run.completed();
  }

  @Test
  void one_with_the_same_action_starts_one_run() {
    TestPerson person = cloud.as("eager");
    String twice = REGISTERED.replaceFirst("\\{", "{\"client_action_id\":\"registered-1\",");
    sends(person, twice);
    sends(person, twice);
    TestRun run = onlyRun(person);
    JsonNode _ = run.view();
    assertThat(person.get("/v1/runs").is(200, "runs").path("runs")).hasSize(1);
  }

  @Test
  void one_that_breaks_the_triggers_schema_starts_nothing() {
    TestPerson person = cloud.as("mistyper");
    JsonNode problem =
        person
            .post(
                "/v1/signals",
                "{\"type\":\"user_registered\",\"data\":{\"email\":\"nope\",\"name\":\"Ana\"}}")
            .is(400, "problem");
    assertThat(problem.at("/errors/0/pointer").asText()).isEqualTo("/data/email");
    assertThat(person.get("/v1/runs").is(200, "runs").path("runs")).isEmpty();
    assertThat(person.events()).isEmpty();
  }

  @Test
  void one_that_nobody_knows_is_kept_and_says_so() {
    TestPerson person = cloud.as("shouter");
    sends(person, "{\"type\":\"moon_rose\",\"data\":{}}");
    JsonNode sent =
        person.events().stream()
            .filter(event -> TestPerson.type(event).equals("signal.sent"))
            .findFirst()
            .orElseThrow();
    assertThat(sent.at("/payload/unrouted").asText()).isNotBlank();
  }

  @Test
  void routes_say_which_workflow_a_signal_starts() {
    JsonNode routes =
        cloud.as("router").get("/v1/signals/routes").is(200, "signal-routes").path("routes");
    assertThat(routes.path("user_registered").path(0).asText()).isEqualTo("onboarding");
  }
}
