package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.cloud.OpenApi.Operation;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The routes of runs against their document: who may call them, and what they refuse. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunRoutesTest {

  private static final int BODIES = 40;
  private static final String SECRET = "a-secret-of-the-owner";

  private static TestCloud cloud;
  private static TestPerson owner = TestPerson.NOBODY;
  private static Map<String, String> ids = Map.of();

  @BeforeAll
  static void start(@TempDir Path folder) {
    cloud = TestCloud.start(folder, TestCloud.WIDE);
    owner = cloud.as("owner");
    TestRun run = TestRun.start(owner, "approval", "{\"request\":\"" + SECRET + "\"}");
    ids = Map.of("run_id", run.id(), "input_id", run.question(), "name", "morning");
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  static List<Operation> all() {
    return OpenApi.ofRuns();
  }

  static List<Operation> guarded() {
    return all().stream().filter(each -> !each.isOpen()).toList();
  }

  static List<Operation> writes() {
    return guarded().stream().filter(each -> !each.bodySchema().isEmpty()).toList();
  }

  @Test
  void are_in_the_document() {
    assertThat(all()).hasSizeGreaterThan(12);
  }

  @ParameterizedTest
  @MethodSource("guarded")
  void need_a_token(Operation operation) {
    TestPerson nobody = cloud.withToken("");
    TestPerson.Answer answer =
        nobody.send(operation.method(), operation.at(ids::get), operation.example().toString());
    assertThat(answer.status()).isEqualTo(401);
  }

  @ParameterizedTest
  @MethodSource("guarded")
  void give_and_change_nothing_of_another_person(Operation operation) {
    TestPerson stranger = cloud.as("stranger of " + operation);
    JsonNode before = new TestRun(owner, ids.getOrDefault("run_id", "")).view();
    TestPerson.Answer answer =
        operation.described(
            stranger.send(
                operation.method(), operation.at(ids::get), operation.example().toString()));
    assertThat(answer.text()).doesNotContain(SECRET);
    if (operation.path().contains("run_id")) {
      assertThat(answer.status()).isEqualTo(404);
    }
    assertThat(new TestRun(owner, ids.getOrDefault("run_id", "")).view()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("writes")
  void take_what_fits_and_refuse_the_rest_in_words(Operation operation) {
    TestPerson person = cloud.as("fuzz " + operation);
    ObjectNode schema = Documents.schema(operation.bodySchema());
    Mutations mutations = new Mutations(schema, new Random(operation.toString().hashCode()));
    for (int i = 0; i < BODIES; i++) {
      Mutations.Body body = mutations.next();
      TestPerson.Answer answer =
          person.send(
              operation.method(), operation.at(ids::get), BodyPublishers.ofByteArray(body.bytes()));
      assertThat(answer.status()).as(operation + " " + body + " " + answer.text()).isLessThan(500);
      if (answer.status() >= 400) {
        TestPerson.fits("api/replies/problem", answer.json());
      }
      assertThat(answer.text()).doesNotContain("Exception", "dev.microcos", "java.");
    }
  }

  @Test
  void of_a_webhook_that_is_not_there_are_404() {
    JsonNode _ =
        cloud
            .withToken("")
            .post("/v1/webhooks/nobodys", "{}", "x-microcos-delivery", "d-1")
            .is(404, "problem");
  }
}
