package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.cloud.OpenApi.Operation;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two tokens over every route and every action of the documents: nothing goes across. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrossingTest {

  private static final String SECRET = "Zygomorphic";

  private static TestCloud cloud;
  private static TestPerson owner;
  private static TestSocket ownersPage;
  private static final Map<String, String> IDS = new HashMap<>();

  private JsonNode before = MissingNode.getInstance();
  private JsonNode runBefore = MissingNode.getInstance();

  @BeforeAll
  static void start(@TempDir Path folder) {
    cloud = TestCloud.start(folder, Webhooks.with(folder.resolve("webhooks"), TestCloud.WIDE));
    owner = cloud.as("owner");
    ownersPage = owner.socket(0);
    JsonNode _ = owner.answer(owner.says(SECRET));
    String _ = owner.makes(SECRET);
    Belongings belongings = new Belongings(cloud, owner, SECRET);
    for (Operation operation : OpenApi.guarded()) {
      String _ =
          operation.at(name -> IDS.computeIfAbsent(name, each -> belongings.made(operation, each)));
    }
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @BeforeEach
  void remember() {
    before = owner.state();
    runBefore = run();
  }

  static List<Operation> guarded() {
    return OpenApi.guarded();
  }

  static List<Operation> ofPeople() {
    return OpenApi.operations().stream().filter(Operation::takesToken).toList();
  }

  static List<String> actions() {
    return AsyncApi.actions();
  }

  @ParameterizedTest
  @MethodSource("ofPeople")
  void a_route_gives_and_changes_nothing_of_another_person(Operation operation) {
    TestPerson stranger = cloud.as("stranger of " + operation);
    String path = operation.at(IDS::get);
    ObjectNode body = operation.example();
    boolean named = names(operation, body);
    for (String[] headers : new String[][] {{}, Belongings.waiting()}) {
      TestPerson.Answer answer = stranger.send(operation.method(), path, body.toString(), headers);
      assertThat(answer.text()).doesNotContain(SECRET, owner.token());
      if (operation.method().equals("PUT")) {
        assertThat(answer.status()).as(answer.text()).isLessThan(300);
      } else if (operation.hasIds() || named) {
        boolean kept = headers.length == 0 && operation.responses().containsKey(202);
        int reached = kept && !operation.isOfRun() && !named ? 202 : 404;
        assertThat(answer.status()).as(answer.text()).isEqualTo(reached);
      } else {
        IDS.values().stream()
            .filter(id -> id.contains("_"))
            .forEach(id -> assertThat(answer.text()).doesNotContain(id));
      }
    }
    assertThat(stranger.events().toString()).doesNotContain(SECRET);
    assertThat(owner.state()).isEqualTo(before);
    assertThat(run()).isEqualTo(runBefore);
  }

  /** Puts ids of the owner into a body that can name such; whether it can. */
  private static boolean names(Operation operation, ObjectNode body) {
    if (operation.bodySchema().isEmpty()) {
      return false;
    }
    boolean named = false;
    for (Map.Entry<String, String> id : IDS.entrySet()) {
      if (Documents.schema(operation.bodySchema()).path("properties").has(id.getKey())) {
        body.put(id.getKey(), id.getValue());
        named = true;
      }
    }
    return named;
  }

  private static JsonNode run() {
    return new TestRun(owner, IDS.getOrDefault("run_id", "")).view();
  }

  @ParameterizedTest
  @MethodSource("guarded")
  void a_route_needs_a_token_that_counts(Operation operation) {
    String path = operation.at(IDS::get);
    String body = operation.example().toString();
    String signed = owner.token();
    String tampered = signed.substring(0, signed.length() - 4) + "AAAA";
    for (String token : List.of("", "no-token", tampered)) {
      assertThat(cloud.withToken(token).send(operation.method(), path, body).status())
          .isEqualTo(401);
    }
    assertThat(owner.state()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("actions")
  void an_action_gives_and_changes_nothing_of_another_person(String action) {
    TestPerson stranger = cloud.as("stranger of " + action);
    TestSocket page = stranger.socket(0);
    ObjectNode frame = AsyncApi.example(action).deepCopy();
    IDS.forEach((name, id) -> {
      if (frame.has(name)) {
        frame.put(name, id);
      }
    });
    page.send(frame.toString());
    page.send("{\"action\":\"sync\",\"after\":1}");
    page.send("{\"action\":\"ping\"}");
    int pongs = action.equals("ping") ? 2 : 1;
    JsonNode _ = page.first(_ -> page.frames("pong").size() == pongs);
    assertThat(page.frames().toString()).doesNotContain(SECRET);
    assertThat(owner.state()).isEqualTo(before);
  }

  @Test
  void what_one_person_does_is_on_no_page_of_another() {
    TestPerson stranger = cloud.as("watcher");
    TestSocket page = stranger.socket(0);
    JsonNode _ = owner.answer(owner.says(SECRET + " again"));
    String task = stranger.makes("Mine");
    JsonNode _ = page.first(frame -> frame.toString().contains(task));
    assertThat(page.frames().toString()).doesNotContain(SECRET);
    assertThat(ownersPage.frames().toString()).contains(SECRET).doesNotContain(task);
  }
}
