package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a page sees over its socket, and how it catches up. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SocketsTest {

  private static TestCloud cloud;

  @BeforeAll
  static void start(@TempDir Path folder) {
    cloud = TestCloud.start(folder, TestCloud.WIDE);
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @Nested
  class Frames {

    @Test
    void applied_one_after_the_other_are_the_state() {
      TestPerson person = cloud.as("follows");
      String _ = person.makes("There before");
      TestSocket socket = person.socket(0);
      String task = person.makes("One");
      JsonNode said = person.says("Hello");
      JsonNode _ = socket.event("assistant.message", said.path("operation_id").asText());
      JsonNode _ = person.send("DELETE", "/v1/tasks/" + task, "{}").is(202, "accepted");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> socket.folded().equals(person.state().path("state")));
      int seq = 0;
      for (JsonNode frame : socket.frames()) {
        String type = TestPerson.type(frame);
        TestPerson.fits("api/frames/" + type, frame);
        if (type.equals("commit")) {
          assertThat(frame.path("from").asInt()).isEqualTo(seq);
        }
        seq = frame.path("seq").asInt(seq);
      }
      assertThat(seq).isEqualTo(person.state().path("seq").asInt());
    }

    @Test
    void carry_the_action_that_caused_them() {
      TestPerson person = cloud.as("matches");
      TestSocket socket = person.socket(0);
      socket.send("{\"action\":\"message\",\"text\":\"Hello\",\"client_action_id\":\"mine\"}");
      JsonNode frame = socket.first(each -> each.path("events").toString().contains("\"mine\""));
      JsonNode event = frame.at("/events/0");
      assertThat(event.path("type").asText()).isEqualTo("user.message");
      assertThat(event.path("client_action_id").asText()).isEqualTo("mine");
      JsonNode _ = socket.event("assistant.message", event.path("operation_id").asText());
    }

    @Test
    void go_to_each_page_of_a_person_that_is_active() {
      TestPerson person = cloud.as("pages");
      TestSocket silent = person.socket();
      TestSocket one = person.socket(0);
      TestSocket two = person.socket(0);
      String task = person.makes("Seen twice");
      JsonNode first = one.first(frame -> frame.path("events").toString().contains(task));
      JsonNode second = two.first(frame -> frame.path("events").toString().contains(task));
      assertThat(first).isEqualTo(second);
      silent.send("{\"action\":\"ping\"}");
      JsonNode _ = silent.first(frame -> TestPerson.type(frame).equals("pong"));
      assertThat(silent.frames()).hasSize(1);
    }

    @Test
    void too_large_for_one_are_to_be_fetched() {
      TestPerson person = cloud.as("large");
      TestSocket socket = person.socket(0);
      JsonNode said = person.says("x".repeat(16 * 1024));
      JsonNode frame = socket.first(each -> each.path("fetch").asBoolean());
      TestPerson.fits("api/frames/fetch", frame);
      assertThat(frame.path("type").asText()).isEqualTo("commit");
      JsonNode _ = person.answer(said);
      for (int i = 0; i < 3; i++) {
        JsonNode _ = person.answer(person.says("y".repeat(8 * 1024)));
      }
      TestSocket late = person.socket();
      late.send("{\"action\":\"sync\",\"after\":0}");
      JsonNode snapshot = late.first(each -> TestPerson.type(each).equals("snapshot"));
      TestPerson.fits("api/frames/fetch", snapshot);
      assertThat(snapshot.path("seq")).isEqualTo(person.state().path("seq"));
    }
  }

  @Nested
  class A_page_that_comes_back {

    @Test
    void gets_what_it_missed() {
      TestPerson person = cloud.as("back");
      TestSocket before = person.socket(0);
      String _ = person.makes("One");
      JsonNode _ = before.first(frame -> frame.path("seq").asInt() == 1);
      before.kill();
      for (String title : new String[] {"Two", "Three"}) {
        String _ = person.makes(title);
      }
      JsonNode missed = person.socket(1).frames().getFirst();
      TestPerson.fits("api/frames/commit", missed);
      assertThat(missed.path("from").asInt()).isEqualTo(1);
      assertThat(missed.path("seq").asInt()).isEqualTo(3);
      assertThat(missed.path("events")).hasSize(2);
      assertThat(TestSocket.merged(before.folded(), missed.path("patch")))
          .isEqualTo(person.state().path("state"));
      JsonNode nothing = person.socket(3).frames().getFirst();
      assertThat(nothing.path("from").asInt()).isEqualTo(3);
      assertThat(nothing.path("events")).isEmpty();
    }

    @Test
    void from_a_future_that_never_was_begins_anew() {
      TestPerson person = cloud.as("future");
      String _ = person.makes("One");
      JsonNode frame = person.socket(99).frames().getFirst();
      TestPerson.fits("api/frames/snapshot", frame);
      assertThat(frame.path("seq").asInt()).isEqualTo(1);
    }

    @Test
    void after_an_answer_was_written_has_all_of_it() {
      cloud.faults("{\"model\":{\"script\":\"one two three four five\",\"delay_ms\":40}}");
      try {
        TestPerson person = cloud.as("dropped");
        TestSocket socket = person.socket(0);
        JsonNode said = person.says("Count");
        JsonNode _ = socket.first(frame -> TestPerson.type(frame).equals("llm.token"));
        socket.kill();
        assertThat(person.answer(said).path("text").asText()).isEqualTo("one two three four five");
      } finally {
        cloud.noFaults();
      }
    }
  }

  @Nested
  class A_socket_that_is_gone {

    @Test
    void is_struck_off_and_harms_nothing() {
      TestPerson person = cloud.as("gone");
      TestSocket socket = person.socket(0);
      cloud.faults("{\"gone\":true}");
      try {
        String _ = person.makes("Nobody sees it");
      } finally {
        cloud.noFaults();
      }
      String task = person.makes("Nor this");
      TestSocket again = person.socket(0);
      assertThat(again.frames().getFirst().toString()).contains(task);
      assertThat(socket.frames()).hasSize(1);
    }
  }
}
