package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
    cloud = TestCloud.start(folder, variables);
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
      assertThat(operation.described(waited).status()).as(waited.text()).isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("dev.microcos.local.cloud.ConformanceTest#writes")
    void takes_all_that_its_schema_has(Operation operation) {
      for (int seed = 0; seed < 5; seed++) {
        Values values = new Values(new Random(seed), "Word");
        String body = values.whole(Documents.schema(operation.bodySchema())).toString();
        TestPerson.Answer answer = ask(operation, body);
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
            assertThat(operation.described(answer).status()).isIn(200, 404);
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
      cloud.faults("{\"store_down_ms\":600000}");
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<CompletableFuture<Void>> running =
            OpenApi.operations().stream()
                .map(each -> CompletableFuture.runAsync(() -> isUnavailable(each), threads))
                .toList();
        running.forEach(CompletableFuture::join);
      } finally {
        cloud.noFaults();
      }
    }

    private void isUnavailable(Operation operation) {
      boolean told = operation.responses().containsKey(503);
      String path = operation.at(Belongings::nobodys);
      String body = operation.bodySchema().isEmpty() ? "" : operation.example().toString();
      TestPerson.Answer answer = person.send(operation.method(), path, body);
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
      assertThat(words).contains("tasks", "cancel");
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
      return OpenApi.documented().stream().anyMatch(each -> path.matches(each.at(name -> "[^/]+")));
    }

    /** All texts that the routes are told apart by, from their class itself. */
    private static Set<String> words() throws IOException {
      String routes = "/dev/microcos/functions/ingress/Routes.class";
      Set<String> words = new TreeSet<>();
      try (InputStream in =
          Objects.requireNonNull(ConformanceTest.class.getResourceAsStream(routes))) {
        ClassFile.of()
            .parse(in.readAllBytes())
            .constantPool()
            .forEach(entry -> {
              if (entry instanceof StringEntry text) {
                words.addAll(List.of(text.stringValue().split("[/ ,]+", -1)));
              }
            });
      }
      words.removeIf(word -> !word.matches("[a-z-]+"));
      return words;
    }
  }

  private TestPerson.Answer ask(Operation operation, String body, String... headers) {
    return person.send(operation.method(), path(operation), body, headers);
  }

  private String path(Operation operation) {
    return operation.at(name -> new Belongings(cloud, person).made(operation, name));
  }

  private TestPerson.Answer refused(Operation operation, int status) {
    String nobodys = operation.at(Belongings::nobodys);
    String body = operation.bodySchema().isEmpty() ? "" : operation.example().toString();
    return switch (status) {
      case 400 -> invalid(operation);
      case 401 -> cloud.withToken("").send(operation.method(), nobodys, body);
      case 403 -> cloud.withToken(narrow()).send(operation.method(), nobodys, body);
      case 404 ->
          operation.hasIds()
              ? person.send(operation.method(), nobodys, body, Belongings.waiting())
              : person.send(operation.method(), nobodys + "?at=9000000", body);
      case 409 -> {
        String path = operation.at(name -> new Belongings(cloud, person).made(DONE, name));
        yield person.send(operation.method(), path, body, Belongings.waiting());
      }
      case 413 -> ask(operation, "{\"x\":\"" + "x".repeat(65 * 1024) + "\"}");
      case 429 -> tooMany(operation, nobodys, body);
      default -> throw new AssertionError("say here how " + operation + " comes to " + status);
    };
  }

  /** Names a call that is over. */
  private static final Operation DONE =
      OpenApi.documented().stream()
          .filter(each -> each.path().endsWith("{operation_id}"))
          .findFirst()
          .orElseThrow();

  private TestPerson.Answer invalid(Operation operation) {
    for (Map.Entry<String, ObjectNode> each : operation.query().entrySet()) {
      TestPerson.Answer answer =
          person.send(operation.method(), path(operation) + "?" + each.getKey() + "=%3F", "");
      assertThat(answer.status()).as(each.getKey() + answer.text()).isEqualTo(400);
      if (operation.bodySchema().isEmpty()) {
        return answer;
      }
    }
    return ask(operation, "{\"no_such_field\":1}");
  }

  private TestPerson.Answer tooMany(Operation operation, String path, String body) {
    TestPerson.Answer answer = person.send(operation.method(), path, body);
    for (int i = 0; i < WRITES_A_MINUTE && answer.status() != 429; i++) {
      answer = person.send(operation.method(), path, body);
    }
    return answer;
  }

  private static String narrow() {
    return cloud
        .admin("POST", "/_local/token", "{\"sub\":\"narrow\",\"scope\":\"other\"}")
        .path("token")
        .asText();
  }
}
