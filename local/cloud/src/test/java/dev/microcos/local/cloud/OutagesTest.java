package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is down is said, and what comes back goes on where it was. */
class OutagesTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void of_the_store_are_503_and_leave_no_record() {
    try (TestCloud cloud = TestCloud.start(folder, TestCloud.WIDE)) {
      TestPerson person = cloud.as("patient");
      String _ = person.makes("Before");
      TestSocket socket = person.socket(0);
      cloud.faults("{\"throttle\":{\"service\":\"sqs\",\"rate\":1}}");
      TestPerson.Answer refused = person.post("/v1/tasks", "{\"title\":\"Lost\"}");
      JsonNode problem = refused.is(503, "problem");
      assertThat(Integer.parseInt(refused.header("retry-after"))).isPositive();
      assertThat(problem.toString()).doesNotContain("Exception").doesNotContain("Rate exceeded");
      socket.send("{\"action\":\"message\",\"text\":\"Lost\",\"client_action_id\":\"lost\"}");
      JsonNode error = socket.first(frame -> TestPerson.type(frame).equals("error"));
      assertThat(error.path("code").asText()).isEqualTo("unavailable");
      cloud.noFaults();
      cloud.faults("{\"store_down_ms\":3600000}");
      JsonNode health = cloud.withToken("").get("/health").is(503, "health");
      assertThat(health.path("down").toString()).isEqualTo("[\"log\",\"keys\",\"inbox\"]");
      cloud.noFaults();
      JsonNode _ = cloud.withToken("").get("/health").is(200, "health");
      String _ = person.makes("After");
      assertThat(person.state().path("seq").asInt()).isEqualTo(2);
    }
  }

  @Test
  void of_the_whole_cloud_change_nothing() {
    JsonNode before;
    TestSocket socket;
    try (TestCloud cloud = TestCloud.start(folder, TestCloud.WIDE)) {
      TestPerson person = cloud.as("stays");
      String _ = person.makes("Here");
      JsonNode _ = person.answer(person.says("Hello"));
      before = person.state();
      socket = person.socket(0);
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> socket.closeCode() == 1012);
    try (TestCloud cloud = TestCloud.start(folder, TestCloud.WIDE)) {
      TestPerson person = cloud.as("stays");
      assertThat(person.state()).isEqualTo(before);
      JsonNode nothing = person.socket(before.path("seq").asInt()).frames().getFirst();
      assertThat(nothing.path("type").asText()).isEqualTo("commit");
      assertThat(nothing.path("events")).isEmpty();
      String _ = person.makes("And more");
      assertThat(person.state().path("seq").asInt()).isEqualTo(before.path("seq").asInt() + 1);
    }
  }
}
