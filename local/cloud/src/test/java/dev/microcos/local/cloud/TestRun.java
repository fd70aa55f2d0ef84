package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A run of a person. */
record TestRun(TestPerson person, String id) {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Set<String> OVER = Set.of("completed", "failed", "cancelled", "timed_out");

  /** Starts a workflow. */
  static TestRun start(TestPerson person, String workflow, String input) {
    JsonNode accepted =
        person
            .post("/v1/runs", "{\"workflow\":\"%s\",\"input\":%s}".formatted(workflow, input))
            .is(202, "run-accepted");
    return new TestRun(person, accepted.path("run_id").asText());
  }

  /** The run as it is now. */
  JsonNode view() {
    return person.get("/v1/runs/" + id).is(200, "run");
  }

  /** The run once it is so. */
  JsonNode once(String what, Predicate<JsonNode> wanted) {
    List<JsonNode> seen = new ArrayList<>();
    Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> {
          seen.add(view());
          return wanted.test(seen.getLast());
        });
    return seen.getLast();
  }

  /** The run once it is over, however it ended. */
  JsonNode over() {
    return once("the end of " + id, run -> OVER.contains(run.path("status").asText()));
  }

  /** The run once it has ended well. */
  JsonNode completed() {
    JsonNode run = over();
    assertThat(run.path("status").asText()).as(run.toString()).isEqualTo("completed");
    return run;
  }

  /** The id of the question that it asks, once it does. */
  String question() {
    JsonNode run =
        once("a question of " + id, each -> each.path("status").asText().equals("waiting_input"));
    return run.path("questions")
        .propertyStream()
        .filter(question -> question.getValue().path("status").asText().equals("open"))
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  TestPerson.Answer answers(String input, String value) {
    return person.post("/v1/runs/" + id + "/inputs/" + input, "{\"value\":" + value + "}");
  }

  /** Its whole log. */
  List<JsonNode> events() {
    JsonNode page = person.get("/v1/runs/" + id + "/events?limit=1000").is(200, "events");
    return page.path("events").valueStream().toList();
  }

  /** The types of its log, in order. */
  List<String> types() {
    return events().stream().map(TestPerson::type).toList();
  }

  /** The types of its log once they are so. */
  List<String> typesOnce(String what, Predicate<List<String>> wanted) {
    return Awaitility.await(what + " in " + id).atMost(PATIENCE).until(this::types, wanted);
  }

  /** The names of the steps that it took, in their order. */
  static List<String> steps(JsonNode run) {
    return run.path("steps")
        .valueStream()
        .sorted((one, two) -> Integer.compare(one.path("order").asInt(), two.path("order").asInt()))
        .map(step -> step.path("name").asText())
        .toList();
  }
}
