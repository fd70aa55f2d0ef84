package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The calls of AWS that each path makes: the cost model in docs/cost.md is fed by them. */
class CallsTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void of_a_write_are_a_send_a_put_a_query_and_a_post_a_socket() {
    try (TestCloud cloud = TestCloud.start(folder, TestCloud.WIDE)) {
      TestPerson person = cloud.as("counted");
      String _ = person.makes("Warms the reducer");
      TestSocket one = person.socket(0);
      TestSocket two = person.socket(0);
      forget(cloud);
      JsonNode _ = person.post("/v1/tasks", "{\"title\":\"Counted\"}").is(202, "accepted");
      for (TestSocket socket : new TestSocket[] {one, two}) {
        JsonNode _ = socket.first(frame -> frame.toString().contains("Counted"));
      }
      assertThat(counted(cloud))
          .isEqualTo(
              Map.of(
                  "sqs SendMessage", 1,
                  "dynamodb PutItem", 1,
                  "dynamodb Query", 1,
                  "execute-api PostToConnection", 2));
    }
  }

  @Test
  void of_a_turn_are_those_of_two_writes_and_of_the_model() {
    Map<String, String> slowly = new TreeMap<>(TestCloud.WIDE);
    slowly.put("TOKEN_FLUSH_MILLIS", "60000");
    try (TestCloud cloud = TestCloud.start(folder, slowly)) {
      TestPerson person = cloud.as("counted");
      JsonNode _ = person.answer(person.says("Warms reducer and assistant"));
      settled(cloud, person);
      forget(cloud);
      JsonNode said = person.says("Hello");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> counted(cloud).getOrDefault("dynamodb PutItem", 0) == 3);
      Map<String, Integer> calls = counted(cloud);
      // message, job, answer
      assertThat(calls.remove("sqs SendMessage")).isEqualTo(3);
      // two commits and the end of the operation's row
      assertThat(calls.remove("dynamodb PutItem")).isEqualTo(3);
      // the claim; a checkpoint only every 500 ms
      assertThat(calls.remove("dynamodb UpdateItem")).isBetween(1, 3);
      // the pointer to the snapshot, for the prompt
      assertThat(calls.remove("dynamodb GetItem")).isEqualTo(1);
      // the tail for the prompt; sockets at two commits and at each flush of tokens
      assertThat(calls.remove("dynamodb Query")).isBetween(4, 5);
      assertThat(calls.remove("bedrock ConverseStream")).isEqualTo(1);
      assertThat(calls).isEmpty();
      assertThat(person.answer(said).path("status").asText()).isEqualTo("complete");
    }
  }

  /** Waits until the account of the answer is closed: nothing of it is counted after that. */
  private static void settled(TestCloud cloud, TestPerson person) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            person
                .get("/v1/operations")
                .is(200, "operations")
                .path("operations")
                .toString()
                .contains("complete"));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> counted(cloud).getOrDefault("sqs SendMessage", 0) == 3);
  }

  private static void forget(TestCloud cloud) {
    JsonNode _ = cloud.admin("DELETE", "/_local/counts", "{}");
  }

  private static Map<String, Integer> counted(TestCloud cloud) {
    Map<String, Integer> counted = new TreeMap<>();
    cloud
        .admin("GET", "/_local/counts", "{}")
        .properties()
        .forEach(service ->
            service
                .getValue()
                .properties()
                .forEach(operation ->
                    counted.put(
                        service.getKey() + ' ' + operation.getKey(),
                        operation.getValue().asInt())));
    return counted;
  }
}
