package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults by chance, and the same ones again by their seed. */
class SeedsTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void of_faults_lose_nothing_and_double_nothing() {
    try (TestCloud cloud = TestCloud.start(folder, TestCloud.WIDE)) {
      TestPerson person = cloud.as("seeded");
      cloud.faults("{\"seed\":7}");
      assertThat(cloud.admin("GET", "/_local/faults", "{}").path("seed").asInt()).isEqualTo(7);
      for (int i = 0; i < 20; i++) {
        String _ = person.makes("Task " + i);
      }
      JsonNode said = person.says("Hello");
      assertThat(person.answer(said).path("status").asText()).isEqualTo("complete");
      cloud.noFaults();
      List<JsonNode> events = person.events();
      assertThat(events).extracting(event -> event.path("seq").asInt()).isSorted();
      assertThat(events).hasSize(22);
    }
  }

  @Test
  void are_whole_numbers() {
    try (TestCloud cloud = TestCloud.start(folder, TestCloud.WIDE)) {
      JsonNode problem = cloud.askAdmin("PUT", "/_local/faults", "{\"seed\":\"x\"}").is(400);
      assertThat(problem.toString()).contains("seed is a whole number");
      JsonNode missing =
          cloud.askAdmin("PUT", "/_local/faults", "{\"deny\":{\"service\":\"sqs\"}}").is(400);
      assertThat(missing.toString()).contains("deny.operation is missing");
    }
  }
}
