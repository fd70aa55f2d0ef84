package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.application.InvalidRequest;
import dev.microcos.core.wire.Json;
import dev.microcos.core.wire.Sanitizer;
import dev.microcos.core.wire.Schemas;
import dev.microcos.local.cloud.Mutations.Body;
import dev.microcos.local.cloud.OpenApi.Operation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bodies and frames made wrong from their schemas, for each route that writes and each action: what
 * does not fit is refused in words and leaves no record, what is accepted fits. {@code
 * -Dfuzz.bodies=10000} sends as many to each, as the Maven profile {@code soak} does; {@code
 * -Dfuzz.seed=7} makes others.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FuzzTest {

  private static final long SEED = Long.getLong("fuzz.seed", 4_711);
  private static final int BODIES = Integer.getInteger("fuzz.bodies", 150);

  /** How many of them one person sends, who is asked for every event after that. */
  private static final int OF_ONE = 150;

  /** A larger one closes the socket with 1009, as API Gateway does. */
  private static final int LARGEST_MESSAGE = 128 * 1024;

  private static final int MOST_FRAMES = 1_000;
  private static final List<String> TYPES =
      List.of("application/json", "text/plain", "application/octet-stream", "image/png", "x");

  /** The types in a run's log that a person asks for; the rest is its steps'. */
  private static final Set<String> OF_PEOPLE =
      Set.of("run.started", "run.cancelled", "input.received");

  private static final Schemas SCHEMAS = new Schemas();

  private static TestCloud cloud;

  @BeforeAll
  static void start(@TempDir Path folder) {
    Map<String, String> variables = new HashMap<>(TestCloud.WIDE);
    variables.put("MICROCOS_MESSAGES_PER_MINUTE", "1000000");
    variables.put("MICROCOS_WRITES_PER_MINUTE", "1000000");
    variables.put("MICROCOS_TOKENS_PER_DAY", "1000000000");
    cloud = TestCloud.start(folder, Webhooks.with(folder.resolve("webhooks"), variables));
    cloud.faults("{\"model\":{\"script\":\"ok\"}}");
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  static List<Operation> writes() {
    return OpenApi.writes();
  }

  static List<String> actions() {
    return AsyncApi.actions();
  }

  @ParameterizedTest
  @MethodSource("writes")
  void a_route_records_what_fits_and_nothing_else(Operation operation) {
    for (int sent = 0; sent < BODIES; sent += OF_ONE) {
      sends(operation, sent, Math.min(OF_ONE, BODIES - sent));
    }
  }

  private static void sends(Operation operation, int first, int bodies) {
    TestPerson person =
        cloud.as(operation.isSigned() ? Webhooks.NAME : "fuzz " + operation + first);
    ObjectNode schema = Documents.schema(operation.bodySchema());
    Belongings belongings = new Belongings(cloud, person, Mutations.MARK);
    String path = belongings.path(operation);
    if (schema.path("properties").has("run_id")) {
      ObjectNode _ = belongings.real(TestPerson.object().put("run_id", ""));
    }
    cloud.faults("{\"model\":{\"script\":\"ok\"}}");
    Set<String> recorded = asked(person);
    Random random = new Random(SEED ^ operation.toString().hashCode() ^ first);
    Mutations mutations =
        new Mutations(
            schema,
            random,
            body -> operation.isSigned() ? body.put("number", 7) : belongings.real(body));
    for (int i = 0; i < bodies; i++) {
      Body body = mutations.next();
      String type = random.nextInt(8) == 0 ? TYPES.get(random.nextInt(TYPES.size())) : TYPES.get(0);
      TestPerson.Answer answer = operation.asked(person.ofType(type), path, body.bytes());
      String what = "-Dfuzz.seed=%d %s, body %d: %s".formatted(SEED, operation, first + i, body);
      check(operation, body, answer, what);
      if (answer.status() < 300) {
        eventOf(answer.json()).ifPresent(recorded::add);
      }
      if (answer.status() < 300 && path.contains("/inputs/")) {
        path = belongings.path(operation);
        recorded.addAll(asked(person));
      }
    }
    JsonNode last = person.post("/v1/tasks", "{\"title\":\"The last\"}").is(202);
    recorded.add(last.path("event_id").asText());
    if (!operation.path().equals("/v1/account")) {
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(() -> assertThat(all(person)).containsAll(recorded));
      assertThat(recorded).containsAll(asked(person));
    }
    TestPerson.fits("api/replies/state", person.state());
  }

  /** The event that an accepted request became, if it became one. */
  private static Optional<String> eventOf(JsonNode accepted) {
    String run = accepted.path("id").asText();
    String event = accepted.path("event_id").asText(run.replaceFirst("^run_", "evt_"));
    return Optional.of(event).filter(id -> !id.isEmpty());
  }

  private static void check(Operation operation, Body body, TestPerson.Answer answer, String what) {
    assertThat(answer.status()).as(what + " " + answer.text()).isIn(200, 202, 400, 404, 413);
    if (answer.status() >= 400) {
      assertThat(body.fits()).as(what + " " + answer.text()).isFalse();
      TestPerson.fits("api/replies/problem", answer.json());
      assertThat(answer.text())
          .as(what)
          .doesNotContain("Exception", "dev.microcos", "java.", Mutations.MARK);
    } else if (body.bytes().length > 0) {
      assertThat(faults(operation.bodySchema(), body)).as(what).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("actions")
  void an_action_does_what_fits_and_nothing_else(String action) {
    TestPerson person = cloud.as("fuzz " + action);
    TestSocket socket = person.socket(0);
    String schema = "api/frames/" + action;
    Mutations mutations =
        new Mutations(Documents.schema(schema), new Random(SEED ^ action.hashCode()));
    int errors = 0;
    for (int i = 0; i < Math.min(BODIES, MOST_FRAMES); i++) {
      Body frame = asText(mutations.next());
      if (faults(schema, frame).isEmpty() || frame.bytes().length > LARGEST_MESSAGE) {
        continue;
      }
      errors++;
      isRefused(socket, frame, errors, "-Dfuzz.seed=%d %s %d".formatted(SEED, action, i));
    }
    assertThat(socket.closeCode()).isZero();
    assertThat(person.events()).isEmpty();
  }

  /** A text frame holds characters only. */
  private static Body asText(Body frame) {
    String text = new String(frame.bytes(), StandardCharsets.UTF_8);
    return new Body(text.getBytes(StandardCharsets.UTF_8), frame.fits());
  }

  private static void isRefused(TestSocket socket, Body frame, int errors, String what) {
    socket.send(new String(frame.bytes(), StandardCharsets.UTF_8));
    Awaitility.await(what + " " + frame)
        .pollInterval(Duration.ofMillis(2))
        .until(() -> socket.frames().size() > errors || socket.closeCode() != 0);
    JsonNode error = socket.frames().getLast();
    assertThat(error).as("%s %s %d", what, frame, socket.closeCode()).hasSize(4);
    TestPerson.fits("api/frames/error", error);
    assertThat(error.toString())
        .as(what)
        .doesNotContain("Exception", "dev.microcos", Mutations.MARK);
  }

  /** The same seed gives the same bodies. */
  @Test
  void the_same_seed_is_the_same_run() {
    ObjectNode schema = Documents.schema(OpenApi.writes().getFirst().bodySchema());
    Mutations one = new Mutations(schema, new Random(SEED));
    Mutations two = new Mutations(schema, new Random(SEED));
    for (int i = 0; i < 200; i++) {
      assertThat(one.next().bytes()).isEqualTo(two.next().bytes());
    }
  }

  /** What the schema finds wrong, once what no text may hold is taken out. */
  private static List<String> faults(String schema, Body body) {
    try {
      if (Json.given(body.bytes()) instanceof ObjectNode object) {
        Sanitizer.clean(object);
        return SCHEMAS.faults(schema, object).stream().map(Object::toString).toList();
      }
      return List.of("no object");
    } catch (IllegalArgumentException | InvalidRequest e) {
      return List.of("no JSON, or a number beyond all");
    }
  }

  /** What the logs hold of what the person asked for. */
  private static Set<String> asked(TestPerson person) {
    return ids(person, event -> OF_PEOPLE.contains(TestPerson.type(event)));
  }

  /** What the logs hold that came from outside of them. */
  private static Set<String> all(TestPerson person) {
    return ids(person, _ -> true);
  }

  private static Set<String> ids(TestPerson person, Predicate<JsonNode> ofRuns) {
    Set<String> ids = new HashSet<>();
    person.events().stream()
        .filter(event -> !event.has("causation_id"))
        .forEach(event -> ids.add(event.path("event_id").asText()));
    for (JsonNode run : person.get("/v1/runs?limit=1000").is(200, "runs").path("runs")) {
      new TestRun(person, run.path("run_id").asText())
          .events().stream()
              .filter(event -> !event.has("causation_id"))
              .filter(ofRuns)
              .forEach(event -> ids.add(event.path("event_id").asText()));
    }
    return ids;
  }
}
