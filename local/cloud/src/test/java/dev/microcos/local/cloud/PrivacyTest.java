package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.cloud.OpenApi.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A secret in every field that a schema marks {@code x-private}, driven through all that can happen
 * to it, is in no log, metric or error, and nowhere at all once its person is erased.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrivacyTest {

  /** In no word of any other test, whose functions may write to the same log. */
  private static final String SECRET = "Xanthoria";

  private static TestCloud cloud;
  private static Path folder = Path.of("");

  private final Set<String> secrets = new LinkedHashSet<>(Set.of(SECRET));
  private final List<String> refusals = new ArrayList<>();

  @BeforeAll
  static void start(@TempDir Path data) {
    folder = data;
    cloud = TestCloud.start(data, Webhooks.with(data.resolve("webhooks"), TestCloud.WIDE));
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @Test
  void a_secret_is_in_no_log_no_metric_and_no_error_and_nowhere_after_erasure() {
    TestPerson person = cloud.as("secretive");
    throughRoutes(person);
    throughSockets(person);
    throughFailures(person);
    assertThat(secrets).hasSizeGreaterThan(3);

    assertThat(person.export()).contains(SECRET);
    assertNothingIn("the refusals", String.join("\n", refusals));
    for (String path : List.of("connections", "counts", "outbox", "faults", "metrics", "clock")) {
      assertNothingIn(path, cloud.askAdmin("GET", "/_local/" + path, "").text());
    }
    assertNothingIn("health", cloud.askAdmin("GET", "/health", "").text());
    assertNothingIn("health", person.get("/health").text());
    logs().forEach(this::assertNothingIn);

    JsonNode receipt = person.send("DELETE", "/v1/account", "{}").is(200, "receipt");
    assertThat(receipt.path("later").toString()).contains("histories of executions");
    cloud.advance("P91D");
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> files(folder).forEach(this::assertNothingIn));
    assertThat(cloud.as("secretive").events()).isEmpty();
  }

  /** Each write with all its private fields, as it should be and spoilt in each of them. */
  private void throughRoutes(TestPerson person) {
    for (Operation operation : OpenApi.writes()) {
      if (operation.path().equals("/v1/account")) {
        continue;
      }
      Belongings belongings = new Belongings(cloud, person, SECRET);
      String path = belongings.path(operation);
      ObjectNode body = belongings.real(Planted.body(operation.bodySchema(), SECRET, secrets));
      body.remove("client_action_id");
      JsonNode _ = operation.described(operation.asked(person, path, body.toString())).json();
      for (ObjectNode spoilt : Planted.spoilt(body, SECRET)) {
        TestPerson.Answer answer = operation.asked(person, path, spoilt.toString());
        if (answer.status() >= 400) {
          refusals.add(answer.text());
        }
      }
      for (String raw : List.of(SECRET, "{\"text\":\"" + SECRET, "[\"" + SECRET + "\"]")) {
        refusals.add(operation.asked(person, path, raw).text());
      }
    }
    cloud.noFaults();
  }

  private void throughSockets(TestPerson person) {
    TestSocket socket = person.socket(0);
    for (String action : AsyncApi.actions()) {
      ObjectNode frame = Planted.body("api/frames/" + action, SECRET, secrets);
      socket.send(frame.toString());
      Planted.spoilt(frame, SECRET).forEach(spoilt -> socket.send(spoilt.toString()));
      socket.send(SECRET);
    }
    int before = socket.frames("pong").size();
    socket.send("{\"action\":\"ping\"}");
    JsonNode _ = socket.first(_ -> socket.frames("pong").size() > before);
    socket.frames("error").forEach(error -> refusals.add(error.toString()));
  }

  /** A model that breaks off and one that refuses; what nobody can read in the queues. */
  private void throughFailures(TestPerson person) {
    for (String fault :
        List.of("\"script\":\"" + SECRET + " and more\",\"cut_after\":2", "\"fail_first\":1000")) {
      cloud.faults("{\"model\":{" + fault + "}}");
      JsonNode _ = person.answer(person.says(SECRET));
    }
    cloud.noFaults();
    cloud.faults("{\"store_down_ms\":60000}");
    refusals.add(person.post("/v1/messages", "{\"text\":\"" + SECRET + "\"}").text());
    cloud.noFaults();
  }

  private void assertNothingIn(String place, String text) {
    for (String secret : secrets) {
      assertThat(text.contains(secret)).as("%s in %s", secret, place).isFalse();
    }
  }

  private Map<String, String> logs() {
    Map<String, String> logs = files(folder);
    logs.keySet().removeIf(name -> !name.contains(".log"));
    logs.putAll(files(Path.of(System.getProperty("microcos.logs", "target/logs"))));
    assertThat(logs).isNotEmpty();
    return logs;
  }

  private static Map<String, String> files(Path folder) {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        files.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }
}
