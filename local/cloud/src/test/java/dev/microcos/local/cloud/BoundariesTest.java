package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is one person's is not there for another one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoundariesTest {

  private static TestCloud cloud;
  private static TestPerson owner;
  private static TestPerson stranger;

  @BeforeAll
  static void start(@TempDir Path folder) {
    cloud = TestCloud.start(folder, TestCloud.WIDE);
    owner = cloud.as("owner");
    stranger = cloud.as("stranger");
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @Nested
  class Another_persons_ids {

    @Test
    void of_a_task_are_not_there() {
      String task = owner.makes("Mine");
      String path = "/v1/tasks/" + task;
      TestPerson stranger = cloud.as("prober");
      String[] wait = {"Prefer", "return=representation"};
      JsonNode _ = stranger.send("PATCH", path, "{\"title\":\"Yours\"}", wait).is(404, "problem");
      JsonNode _ = stranger.send("DELETE", path, "{}", wait).is(404, "problem");
      assertThat(owner.state().at("/state/tasks/" + task + "/title").asText()).isEqualTo("Mine");
      JsonNode accepted = stranger.send("DELETE", path, "{}").is(202, "accepted");
      JsonNode rejected = stranger.logged(accepted.path("event_id").asText());
      assertThat(rejected.path("type").asText()).isEqualTo("rejected");
      assertThat(rejected.at("/payload/code").asText()).isEqualTo("not_found");
      assertThat(rejected.at("/payload/detail").asText()).contains(task);
      assertThat(stranger.state().at("/state/tasks")).isEmpty();
    }

    @Test
    void of_an_answer_are_not_there() {
      JsonNode said = owner.says("Hello, this is between us");
      String operation = said.path("operation_id").asText();
      JsonNode _ = owner.answer(said);
      JsonNode _ = owner.get("/v1/operations/" + operation).is(200, "operation");
      JsonNode _ = stranger.get("/v1/operations/" + operation).is(404, "problem");
      JsonNode _ =
          stranger
              .post(
                  "/v1/operations/" + operation + "/cancel",
                  "{}",
                  "Prefer",
                  "return=representation")
              .is(404, "problem");
      String trace = "/v1/trace/" + said.path("request_id").asText();
      JsonNode _ = owner.get(trace).is(200, "trace");
      JsonNode _ = stranger.get(trace).is(404, "problem");
      assertThat(stranger.get("/v1/operations").is(200, "operations").path("operations")).isEmpty();
      assertThat(stranger.get("/v1/messages").is(200, "messages").path("messages")).isEmpty();
    }

    @Test
    void in_a_body_are_refused() {
      String user = owner.events().getFirst().path("user_id").asText();
      int before = stranger.events().size();
      for (String path : List.of("/v1/tasks", "/v1/messages")) {
        String body = "{\"title\":\"x\",\"text\":\"x\",\"user_id\":\"" + user + "\"}";
        JsonNode problem = stranger.post(path, body).is(400, "problem");
        assertThat(problem.path("errors").toString()).contains("\"/user_id\"");
      }
      assertThat(stranger.events()).hasSize(before);
    }

    @Test
    void of_the_same_action_are_others() {
      String body = "{\"title\":\"x\",\"client_action_id\":\"the-same\"}";
      JsonNode one = owner.post("/v1/tasks", body).is(202, "accepted");
      JsonNode other = stranger.post("/v1/tasks", body).is(202, "accepted");
      assertThat(one.path("event_id")).isNotEqualTo(other.path("event_id"));
    }
  }

  @Nested
  class Sockets {

    @Test
    void show_nobody_elses_frames() {
      TestPerson eve = cloud.as("eve");
      TestSocket hers = eve.socket(0);
      TestSocket mine = owner.socket(0);
      JsonNode said = owner.says("Only for my own sockets");
      String operation = said.path("operation_id").asText();
      JsonNode _ = mine.event("assistant.message", operation);
      String task = eve.makes("Hers");
      JsonNode frame = hers.first(each -> each.path("events").toString().contains(task));
      assertThat(frame.path("seq").asInt()).isEqualTo(1);
      assertThat(hers.frames()).hasSize(2);
      assertThat(mine.frames().toString()).doesNotContain(task);
    }

    @Test
    void cannot_cancel_or_read_what_is_anothers() {
      cloud.faults("{\"model\":{\"silent\":true}}");
      try {
        JsonNode said = owner.says("Hello");
        String operation = said.path("operation_id").asText();
        TestPerson mallory = cloud.as("mallory");
        TestSocket socket = mallory.socket(0);
        socket.send("{\"action\":\"cancel\",\"operation_id\":\"" + operation + "\"}");
        JsonNode error = socket.first(frame -> TestPerson.type(frame).equals("error"));
        TestPerson.fits("api/frames/error", error);
        assertThat(error.path("code").asText()).isEqualTo("not_found");
        assertThat(mallory.events()).isEmpty();
        assertThat(owner.message(operation).path("status").asText()).isEqualTo("streaming");
        JsonNode _ = owner.post("/v1/operations/" + operation + "/cancel", "{}").is(202);
        JsonNode _ = owner.answer(said);
      } finally {
        cloud.noFaults();
      }
    }

    @Test
    void open_once_for_a_ticket_and_never_without_one() {
      String url =
          owner.post("/v1/socket-tickets", "{}").is(200, "socket-ticket").path("url").asText();
      TestSocket.open(owner.http(), url).kill();
      assertThat(refusal(url)).isEqualTo(403);
      assertThat(refusal(url.replaceAll("ticket=.*", "ticket=" + "A".repeat(43)))).isEqualTo(403);
      assertThat(refusal(url.replaceAll("\\?.*", ""))).isEqualTo(401);
      assertThat(refusal(url.replaceAll("ticket=.*", "ticket=" + owner.token()))).isEqualTo(403);
    }

    @Test
    void do_not_open_for_a_ticket_that_is_too_old() {
      TestPerson late = cloud.as("late");
      String url = late.post("/v1/socket-tickets", "{}").is(200).path("url").asText();
      cloud.advance("PT61S");
      assertThat(refusal(url)).isEqualTo(403);
    }

    @Test
    void that_closed_are_no_longer_among_the_connections() {
      TestSocket socket = cloud.as("leaver").socket(0);
      int open = cloud.admin("GET", "/_local/connections", "{}").path("connections").size();
      socket.kill();
      org.awaitility.Awaitility.await()
          .until(() ->
              cloud.admin("GET", "/_local/connections", "{}").path("connections").size() < open);
    }

    private static int refusal(String url) {
      try (HttpClient http = HttpClient.newHttpClient()) {
        TestSocket.open(http, url);
        return 101;
      } catch (CompletionException e) {
        if (e.getCause() instanceof WebSocketHandshakeException refused) {
          return refused.getResponse().statusCode();
        }
        throw e;
      }
    }
  }

  @Nested
  class A_token {

    @Test
    void without_the_scope_is_not_enough() {
      String token =
          cloud
              .admin("POST", "/_local/token", "{\"sub\":\"owner\",\"scope\":\"other\"}")
              .path("token")
              .asText();
      assertThat(cloud.withToken(token).get("/v1/state").status()).isEqualTo(403);
    }
  }
}
