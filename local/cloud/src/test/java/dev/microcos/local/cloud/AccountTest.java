package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A person's all: taken along, forgotten, begun anew. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountTest {

  private static TestCloud cloud;
  private static Path data;

  @BeforeAll
  static void start(@TempDir Path folder) {
    data = folder;
    cloud = TestCloud.start(folder, TestCloud.WIDE);
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @AfterEach
  void repair() {
    cloud.noFaults();
  }

  @Test
  void an_export_is_the_log_the_state_and_the_calls() {
    TestPerson person = cloud.as("leaver");
    String _ = person.makes("One");
    JsonNode _ = person.answer(person.says("Hello"));
    JsonNode export = person.get("/v1/export").is(200, "export");
    JsonNode state = person.state();
    List<JsonNode> events = new ArrayList<>();
    export.path("events").forEach(events::add);
    assertThat(events).isEqualTo(person.events());
    assertThat(export.path("state")).isEqualTo(state.path("state"));
    assertThat(export.path("hash")).isEqualTo(state.path("hash"));
    assertThat(export.path("seq")).isEqualTo(state.path("seq"));
    assertThat(export.path("operations")).hasSize(1);
    assertThat(export.at("/operations/0/prompt").asText()).contains("Hello");
    assertThat(export.has("next")).isFalse();
    JsonNode rest = person.get("/v1/export?after=1").is(200, "export");
    assertThat(rest.path("events")).hasSize(events.size() - 1);
    assertThat(rest.has("state")).isFalse();
  }

  @Nested
  class Erasure {

    @Test
    void leaves_nothing_and_lets_the_person_begin_anew() {
      TestPerson person = cloud.as("forgotten");
      TestPerson other = cloud.as("remembered");
      String kept = other.makes("Kept");
      String task = person.makes("Mine");
      JsonNode said = person.says("Hello");
      JsonNode _ = person.answer(said);
      JsonNode receipt = person.send("DELETE", "/v1/account", "{}").is(200, "receipt");
      assertThat(receipt.at("/gone/data_key").asInt()).isEqualTo(1);
      assertThat(person.events()).isEmpty();
      assertThat(person.state().path("seq").asInt()).isZero();
      assertThat(person.get("/v1/operations").is(200).path("operations")).isEmpty();
      assertThat(person.get("/v1/messages").is(200).path("messages")).isEmpty();
      assertThat(person.get("/v1/operations/" + said.path("operation_id").asText()).status())
          .isEqualTo(404);
      JsonNode _ =
          person.send("DELETE", "/v1/tasks/" + task, "{}", Belongings.waiting()).is(404, "problem");
      String _ = person.makes("Anew");
      assertThat(person.events().getFirst().path("seq").asInt()).isEqualTo(1);
      assertThat(other.state().at("/state/tasks/" + kept + "/title").asText()).isEqualTo("Kept");
    }

    @Test
    void leaves_nothing_in_the_data_folder() throws Exception {
      TestPerson person = cloud.as("written-down");
      String _ = person.makes("Ask the Brontosaurus");
      JsonNode _ = person.answer(person.says("Who is Brontosaurus?"));
      String input = "{\"request\":\"Shall Brontosaurus come?\"}";
      TestRun done = TestRun.start(person, "approval", input);
      JsonNode _ = done.answers(done.question(), "{\"approved\":true}").is(202);
      JsonNode _ = done.completed();
      String _ = TestRun.start(person, "approval", input).question();
      assertThat(filesWith("Brontosaurus")).isNotEmpty();
      JsonNode _ = person.send("DELETE", "/v1/account", "{}").is(200, "receipt");
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> assertThat(filesWith("Brontosaurus")).isEmpty());
    }

    private static List<Path> filesWith(String word) throws IOException {
      try (Stream<Path> files = Files.walk(data)) {
        return files
            .filter(Files::isRegularFile)
            .filter(file -> text(file).contains(word))
            .toList();
      }
    }

    private static String text(Path file) {
      try {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Test
    void can_be_repeated_and_is_nothing_for_who_was_never_here() {
      TestPerson person = cloud.as("never-here");
      int first = person.send("DELETE", "/v1/account", "{}").is(200).path("generation").asInt();
      int second = person.send("DELETE", "/v1/account", "{}").is(200).path("generation").asInt();
      assertThat(second).isGreaterThanOrEqualTo(first);
      String _ = person.makes("First");
      assertThat(person.events()).hasSize(1);
    }

    @Test
    void drops_the_answer_that_was_being_written() {
      TestPerson person = cloud.as("mid-sentence");
      String operation = new Belongings(cloud, person).open();
      JsonNode _ = person.send("DELETE", "/v1/account", "{}").is(200, "receipt");
      cloud.noFaults();
      String _ = person.makes("Anew");
      JsonNode _ = person.answer(person.says("Hello again"));
      assertThat(person.events().toString()).doesNotContain(operation);
      assertThat(person.state().toString()).doesNotContain(operation);
    }

    /** A function may know the old generation for a minute. */
    @Test
    void ends_what_old_sockets_may_say() {
      TestPerson person = cloud.as("still-open");
      TestSocket socket = person.socket(0);
      String _ = person.makes("Seen");
      JsonNode _ = person.send("DELETE", "/v1/account", "{}").is(200, "receipt");
      cloud.advance("PT61S");
      for (String action : AsyncApi.actions()) {
        socket.send(AsyncApi.example(action).toString());
      }
      JsonNode _ = socket.first(_ -> socket.frames("error").size() == AsyncApi.actions().size());
      String _ = person.makes("Anew");
      assertThat(person.events()).hasSize(1);
      assertThat(socket.frames().toString()).doesNotContain("Anew");
    }
  }
}
