package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An answer that can never be written ends, and its conversation goes on. */
class GivenUpTest {

  /** As often the template lets a job be received. */
  private static final int RECEIVES = 10;

  @TempDir private Path folder = Path.of("");

  @Test
  void answers_fail_for_their_person_and_can_be_asked_for_again() {
    try (TestCloud cloud = TestCloud.start(folder, TestCloud.WIDE)) {
      TestPerson person = cloud.as("waits in vain");
      String _ = person.makes("Before");
      JsonNode _ = cloud.admin("DELETE", "/_local/counts", "{}");
      cloud.faults("{\"deny\":{\"service\":\"dynamodb\",\"operation\":\"UpdateItem\"}}");
      JsonNode said = person.says("Hello");
      JsonNode waiting = person.says("Are you there?");
      for (int tries = 1; tries <= RECEIVES + 1; tries++) {
        int again = tries;
        await()
            .atMost(Duration.ofSeconds(60))
            .pollInterval(Duration.ofMillis(20))
            .until(() -> putOff(cloud) >= again);
        cloud.advance("PT21S");
      }
      String operation = said.path("operation_id").asText();
      assertThat(person.message(operation).path("status").asText()).isEqualTo("streaming");
      cloud.noFaults();
      cloud.advance("PT21S");
      assertThat(person.answer(said).path("status").asText()).isEqualTo("failed");
      assertThat(person.answer(waiting).path("status").asText()).isEqualTo("complete");

      List<JsonNode> failures =
          person.events().stream()
              .filter(event -> event.path("type").asText().equals("assistant.failed"))
              .toList();
      assertThat(failures).hasSize(1);
      JsonNode failure = failures.getFirst().path("payload");
      assertThat(failure.path("code").asText()).isEqualTo("given_up");
      assertThat(failure.path("retryable").asBoolean()).isTrue();
      assertThat(failure.path("operation_id").asText()).isEqualTo(operation);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> call(person, operation).path("status").asText().equals("failed"));
      assertThat(call(person, operation).path("failure").asText()).isEqualTo("given_up");
    }
  }

  private static int putOff(TestCloud cloud) {
    return cloud.admin("GET", "/_local/counts", "{}").at("/sqs/ChangeMessageVisibility").asInt();
  }

  private static JsonNode call(TestPerson person, String operation) {
    return person.get("/v1/operations/" + operation).is(200, "operation");
  }
}
