package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.wire.DataSchemas;
import dev.microcos.local.cloud.OpenApi.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.StringEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The HTTP API is what its document says, and nothing else: the tests are made from it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceTest {

  private static final int WRITES_A_MINUTE = 12;

  /** What is documented and takes thousands of writes to see; the rules' own tests hold it. */
  private static final Set<String> COSTLY =
      Set.of("POST /v1/tasks 409", "POST /v1/calendar-events 409");

  private static TestCloud cloud;
  private final AtomicInteger people = new AtomicInteger();
  private TestPerson person = TestPerson.NOBODY;

  @BeforeAll
  static void start(@TempDir Path folder) {
    Map<String, String> variables = new HashMap<>(TestCloud.WIDE);
    variables.put("MICROCOS_WRITES_PER_MINUTE", Integer.toString(WRITES_A_MINUTE));
    cloud = TestCloud.start(folder, Webhooks.with(folder.resolve("webhooks"), variables));
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @AfterEach
  void repair() {
    cloud.noFaults();
  }

  @BeforeEach
  void arrive() {
    person = cloud.as("c" + people.incrementAndGet());
  }

  static List<Operation> operations() {
    return OpenApi.operations();
  }

  static List<Operation> writes() {
    return OpenApi.writes();
  }

  static Stream<Arguments> refusals() {
    return OpenApi.operations().stream()
        .flatMap(operation ->
            operation.responses().keySet().stream()
                .filter(status -> status >= 400 && status < 500)
                .filter(status -> !COSTLY.contains(operation + " " + status))
                .map(status -> Arguments.of(operation, status)));
  }

  @Nested
  class An_operation {

    @ParameterizedTest
    @MethodSource("dev.microcos.local.cloud.ConformanceTest#operations")
    void answers_its_example_as_it_says(Operation operation) {
      String body = operation.example().toString();
      TestPerson.Answer answer = ask(operation, body);
      assertThat(operation.described(answer).status()).as(answer.text()).isLessThan(300);
      TestPerson.Answer waited = ask(operation, body, Belongings.waiting());
      assertThat(operation.described(waited).status())
          .as(waited.text())
          .isEqualTo(operation.isSigned() ? 202 : 200);
    }

    @ParameterizedTest
    @MethodSource("dev.microcos.local.cloud.ConformanceTest#writes")
    void takes_all_that_its_schema_has(Operation operation) {
      for (int seed = 0; seed < 5; seed++) {
        arrive();
        Values values = new Values(new Random(seed), "Word");
        Belongings mine = new Belongings(cloud, person);
        String path = mine.path(operation);
        String body = whole(operation, values, mine).toString();
        TestPerson.Answer answer = operation.asked(person, path, body);
        assertThat(operation.described(answer).status())
            .as("seed %d: %s gave %s", seed, body, answer.text())
            .isLessThan(300);
      }
    }

    @ParameterizedTest
    @MethodSource("dev.microcos.local.cloud.ConformanceTest#operations")
    void takes_each_of_its_parameters(Operation operation) {
      operation
          .query()
          .forEach((name, schema) -> {
            String value = new Values(new Random(1), "Word").fitting(schema).asText();
            TestPerson.Answer answer =
                person.send(operation.method(), path(operation) + "?" + name + "=" + value, "");
            assertThat(operation.described(answer).status()).isIn(200, 202, 404);
          });
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("dev.microcos.local.cloud.ConformanceTest#refusals")
    void refuses_as_it_says(Operation operation, int status) {
      TestPerson.Answer answer = refused(operation, status);
      assertThat(answer.status()).as(answer.text()).isEqualTo(status);
      TestPerson.Answer _ = operation.described(answer);
      assertThat(answer.text()).doesNotContain("Exception", "dev.microcos", "java.");
    }
  }

  @Nested
  class While_the_store_is_down {

    @Test
    void each_operation_that_needs_it_is_503() {
      Map<Operation, TestPerson> askers = new HashMap<>();
      OpenApi.operations().forEach(each -> askers.put(each, cloud.as("asks for " + each)));
      cloud.faults("{\"store_down_ms\":600000}");
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<CompletableFuture<Void>> running =
            askers.entrySet().stream()
                .map(each ->
                    CompletableFuture.runAsync(
                        () -> isUnavailable(each.getKey(), each.getValue()), threads))
                .toList();
        running.forEach(CompletableFuture::join);
      } finally {
        cloud.noFaults();
      }
    }

    private void isUnavailable(Operation operation, TestPerson asker) {
      boolean told = operation.responses().containsKey(503);
      String path =
          operation.isSigned()
              ? operation.at(_ -> Webhooks.NAME)
              : operation.at(Belongings::nobodys);
      String body = operation.bodySchema().isEmpty() ? "" : operation.example().toString();
      TestPerson.Answer answer = operation.asked(asker, path, body);
      assertThat(operation.described(answer).status())
          .as(operation + " " + answer.text())
          .isEqualTo(told ? 503 : 200);
    }
  }

  @Nested
  class The_document {

    @Test
    void has_every_route_that_is_answered() throws IOException {
      Set<String> words = words();
      assertThat(words).contains("tasks", "cancel", "rerun");
      Set<String> paths = new TreeSet<>();
      for (String word : words) {
        paths.add("/v1/" + word);
        for (String prefix : List.of("task", "op", "req", "cal", "run", "inp", "evt")) {
          String id = prefix + "_00000000-0000-7000-8000-000000000000";
          paths.add("/v1/" + word + "/" + id);
          words.forEach(action -> paths.add("/v1/" + word + "/" + id + "/" + action));
        }
      }
      paths.addAll(List.of("/v1", "/v1/", "/v2/state", "/v1/tasks/x/y/z"));
      List<String> unknown = new ArrayList<>();
      for (String path : paths) {
        if (person.send("TRACED", path, "").status() != 404 && !isDocumented(path)) {
          unknown.add(path);
        }
      }
      assertThat(unknown).isEmpty();
    }

    @Test
    void has_every_method_that_is_answered() {
      for (Operation operation : OpenApi.guarded()) {
        String path = operation.at(Belongings::nobodys);
        Set<String> known = OpenApi.methods(operation.path());
        for (String method : List.of("GET", "PUT", "POST", "PATCH", "DELETE")) {
          if (!known.contains(method)) {
            TestPerson.Answer answer = person.send(method, path, "{}");
            TestPerson.fits("api/replies/problem", answer.is(405));
            assertThat(Set.of(answer.header("allow").split(", ", -1))).isEqualTo(known);
          }
        }
      }
    }

    private static boolean isDocumented(String path) {
      return OpenApi.operations().stream().anyMatch(each -> path.matches(each.at(name -> "[^/]+")));
    }

    /** All texts that the routes are told apart by, from their classes themselves. */
    private static Set<String> words() throws IOException {
      Set<String> words = new TreeSet<>();
      for (String routes : List.of("Routes", "Workflows")) {
        String file = "/dev/microcos/functions/ingress/" + routes + ".class";
        try (InputStream in =
            Objects.requireNonNull(ConformanceTest.class.getResourceAsStream(file))) {
          ClassFile.of()
              .parse(in.readAllBytes())
              .constantPool()
              .forEach(entry -> {
                if (entry instanceof StringEntry text) {
                  words.addAll(List.of(text.stringValue().split("[/ ,]+", -1)));
                }
              });
        }
      }
      words.removeIf(word -> !word.matches("[a-z-]+"));
      return words;
    }
  }

  private TestPerson.Answer ask(Operation operation, String body, String... headers) {
    return operation.asked(person, path(operation), body, headers);
  }

  private String path(Operation operation) {
    return new Belongings(cloud, person).path(operation);
  }

  /** A body with all that there can be; from where a run may begin again, it begins in order. */
  private static ObjectNode whole(Operation operation, Values values, Belongings mine) {
    ObjectNode schema = Documents.schema(operation.bodySchema());
    ObjectNode body = mine.real((ObjectNode) values.whole(schema));
    return operation.isSigned() ? body.put("number", 7) : body;
  }

  private TestPerson.Answer refused(Operation operation, int status) {
    String nobodys = operation.at(Belongings::nobodys);
    String body = operation.bodySchema().isEmpty() ? "" : operation.example().toString();
    return switch (status) {
      case 400 -> invalid(operation);
      case 401 ->
          operation.isSigned()
              ? person.send(operation.method(), path(operation), body)
              : cloud
                  .withToken(operation.isOpen() ? "no-token" : "")
                  .send(operation.method(), nobodys, body);
      case 403 -> cloud.withToken(narrow()).send(operation.method(), nobodys, body);
      case 404 -> absent(operation, nobodys, body);
      case 409 -> conflicting(operation, body);
      case 413 -> ask(operation, "{\"x\":\"" + "x".repeat(65 * 1024) + "\"}");
      case 429 -> tooMany(operation, body);
      default -> throw new AssertionError("say here how " + operation + " comes to " + status);
    };
  }

  /** Names a call that is over. */
  private static final Operation DONE =
      OpenApi.operations().stream()
          .filter(each -> each.path().endsWith("{operation_id}"))
          .findFirst()
          .orElseThrow();

  private TestPerson.Answer invalid(Operation operation) {
    for (Map.Entry<String, ObjectNode> each : operation.query().entrySet()) {
      if (DataSchemas.faults(each.getValue(), TestPerson.text("?")).isEmpty()) {
        continue;
      }
      TestPerson.Answer answer =
          person.send(operation.method(), path(operation) + "?" + each.getKey() + "=%3F", "");
      assertThat(answer.status()).as(each.getKey() + answer.text()).isEqualTo(400);
      if (operation.bodySchema().isEmpty()) {
        return answer;
      }
    }
    return ask(operation, "{\"no_such_field\":1}");
  }

  /** Names what is not there: in the path, in the body, or a state that never was. */
  private TestPerson.Answer absent(Operation operation, String nobodys, String body) {
    if (operation.bodySchema().isEmpty() && !operation.hasIds()) {
      return person.send(operation.method(), nobodys + "?at=9000000", body);
    }
    if (operation.isOfRun() || operation.method().equals("DELETE") || operation.isSigned()) {
      return operation.asked(person, nobodys, body, Belongings.waiting());
    }
    ObjectNode named = operation.example();
    if (named.has("workflow")) {
      named.put("workflow", Belongings.nobodys("name"));
    }
    if (operation.path().equals("/v1/signals")) {
      named.put("run_id", Belongings.nobodys("run_id"));
    }
    String sent = named.isEmpty() ? body : named.toString();
    return person.send(operation.method(), nobodys, sent, Belongings.waiting());
  }

  /** Asks for what has been done or decided, or cannot be yet. */
  private TestPerson.Answer conflicting(Operation operation, String body) {
    Belongings mine = new Belongings(cloud, person);
    if (!operation.isOfRun()) {
      String path = operation.at(name -> mine.made(DONE, name));
      return person.send(operation.method(), path, body, Belongings.waiting());
    }
    String path =
        operation.path().endsWith("rerun")
            ? operation.at(_ -> mine.asking().id())
            : mine.path(operation);
    TestPerson.Answer first = person.send(operation.method(), path, body, Belongings.waiting());
    return first.status() == 409 ? first : person.send(operation.method(), path, body);
  }

  /** A minute may end while it is used up: then the next one is. */
  private TestPerson.Answer tooMany(Operation operation, String body) {
    TestPerson.Answer answer = spent(operation, body);
    for (int i = 0; i < 5 && answer.status() != 429; i++) {
      arrive();
      answer = spent(operation, body);
    }
    return answer;
  }

  private TestPerson.Answer spent(Operation operation, String body) {
    TestPerson spender = operation.isSigned() ? cloud.as(Webhooks.BUSY) : person;
    String path = operation.isSigned() ? operation.at(_ -> Webhooks.BUSY) : path(operation);
    for (int i = 0; i < 2 * WRITES_A_MINUTE; i++) {
      TestPerson.Answer _ = spender.post("/v1/tasks", "{\"title\":\"One more\"}");
    }
    return operation.asked(person, path, body);
  }

  private static String narrow() {
    return cloud
        .admin("POST", "/_local/token", "{\"sub\":\"narrow\",\"scope\":\"other\"}")
        .path("token")
        .asText();
  }
}
