package dev.microcos.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ActionsTest {
  private final Actions actions = new Actions(42);

  @Test
  void an_id_is_a_uuid_of_version_7_that_carries_the_time() {
    UUID id = UUID.fromString(actions.nextId());

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(Math.abs(System.currentTimeMillis() - (id.getMostSignificantBits() >>> 16)))
        .isLessThan(60_000);
  }

  @Test
  void ids_do_not_repeat() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      ids.add(actions.nextId());
    }

    assertThat(ids).hasSize(10_000);
  }

  @Test
  void a_task_is_one_kilobyte_of_json() throws Exception {
    for (int i = 0; i < 100; i++) {
      String id = actions.nextId();
      String body = actions.task(id);
      JsonNode task = new ObjectMapper().readTree(body);

      assertThat(body.getBytes(StandardCharsets.UTF_8)).hasSize(Actions.BODY_BYTES);
      assertThat(task.path("client_action_id").asText()).isEqualTo(id);
      assertThat(task.path("title").asText()).isNotBlank();
      assertThat(task.path("notes").asText()).isNotBlank();
    }
  }
}
