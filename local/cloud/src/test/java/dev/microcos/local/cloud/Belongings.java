package dev.microcos.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** What a path or a body can name: made for a person when it is asked for. */
final class Belongings {

  private static final String[] WAIT = {"Prefer", "return=representation"};
  private static final String SCHEDULE = "morning";

  private final TestCloud cloud;
  private final TestPerson person;
  private final String word;
  private @Nullable TestRun run;

  Belongings(TestCloud cloud, TestPerson person) {
    this(cloud, person, "Shall we book the hall?");
  }

  /**
   * Belongings.
   *
   * @param word stands in what is private of a run
   */
  Belongings(TestCloud cloud, TestPerson person, String word) {
    this.cloud = cloud;
    this.person = person;
    this.word = word;
  }

  /** The path of an operation, with new things that it can be asked for. */
  String path(OpenApi.Operation operation) {
    return operation.at(name -> made(operation, name));
  }

  /** The id of a new thing that this operation can be asked for, by its parameter's name. */
  String made(OpenApi.Operation operation, String parameter) {
    String[] words = operation.path().split("/", -1);
    String last = words[words.length - 1];
    return switch (parameter) {
      case "task_id" -> person.makes("A task");
      case "calendar_event_id" -> event();
      case "request_id" -> answered("request_id");
      case "operation_id" ->
          switch (last) {
            case "cancel" -> open();
            case "retry" -> failed();
            default -> answered("operation_id");
          };
      case "run_id" -> last.equals("rerun") ? stopped().id() : asking().id();
      case "input_id" -> run().question();
      case "name" -> operation.isSigned() ? Webhooks.NAME : scheduled();
      default -> throw new AssertionError("say here how a " + parameter + " comes to be");
    };
  }

  /**
   * A body whose form is right, with what is there, or fits what is there, in place of what only
   * has the form of it.
   */
  ObjectNode real(ObjectNode body) {
    Map<String, JsonNode> real =
        Map.of(
            "workflow", TestPerson.text("approval"),
            "input", input(),
            "start_step", TestPerson.text("Ask"),
            "from", TestPerson.text("Ask"),
            "data", TestPerson.object().put("word", word),
            "value", TestPerson.object().put("approved", true).put("comment", word));
    real.forEach((field, value) -> {
      if (body.has(field)) {
        body.set(field, value);
      }
    });
    if (body.has("workflow")) {
      body.set("input", input());
    }
    if (body.has("run_id")) {
      body.put("run_id", run().id());
    }
    if (body.has("input_id")) {
      body.put("input_id", run().question());
    }
    return body;
  }

  private ObjectNode input() {
    return TestPerson.object().put("request", word);
  }

  /** The id or name of something that is nobody's. */
  static String nobodys(String parameter) {
    String prefix =
        switch (parameter) {
          case "task_id" -> "task";
          case "calendar_event_id" -> "cal";
          case "request_id" -> "req";
          case "operation_id" -> "op";
          case "run_id" -> "run";
          case "input_id" -> "inp";
          case "name" -> "";
          default -> throw new AssertionError("say here how the ids of a " + parameter + " begin");
        };
    return prefix.isEmpty() ? "nobodys" : prefix + "_00000000-0000-7000-8000-000000000000";
  }

  /** The run that was made last, or a new one that asks. */
  private TestRun run() {
    TestRun known = run;
    return known == null ? asking() : known;
  }

  /** A run that asks the person something, who knows of it. */
  TestRun asking() {
    TestRun made = TestRun.start(person, "approval", input().toString());
    String question = made.question();
    Awaitility.await().until(() -> person.state().at("/state/questions").has(question));
    run = made;
    return made;
  }

  /** A run that was cancelled, and everybody knows of it. */
  private TestRun stopped() {
    TestRun made = asking();
    JsonNode _ = person.post("/v1/runs/" + made.id() + "/cancel", "{}", WAIT).is(200);
    JsonNode _ = made.over();
    return made;
  }

  private String scheduled() {
    JsonNode _ =
        person
            .send(
                "PUT",
                "/v1/schedules/" + SCHEDULE,
                TestPerson.object()
                    .put("expression", "rate(30 days)")
                    .put("workflow", "approval")
                    .<ObjectNode>set("input", input())
                    .toString(),
                WAIT)
            .is(200);
    return SCHEDULE;
  }

  private String event() {
    JsonNode accepted =
        person
            .post(
                "/v1/calendar-events",
                "{\"title\":\"Review\",\"starts_at\":\"2026-12-03T09:00:00Z\"}")
            .is(202, "accepted");
    JsonNode _ = person.logged(accepted.path("event_id").asText());
    return accepted.path("calendar_event_id").asText();
  }

  private String answered(String id) {
    JsonNode said = person.says("Hello");
    JsonNode _ = person.answer(said);
    String operation = said.path("operation_id").asText();
    List<String> ended = List.of("complete", "failed", "cancelled");
    Awaitility.await()
        .until(() ->
            ended.contains(
                person.get("/v1/operations/" + operation).json().path("status").asText()));
    return said.path(id).asText();
  }

  /** A call that the model is at, and stays at until the faults are taken back. */
  String open() {
    cloud.faults("{\"model\":{\"silent\":true}}");
    JsonNode said = person.says("Hello");
    String operation = said.path("operation_id").asText();
    Awaitility.await().until(() -> person.get("/v1/operations/" + operation).status() == 200);
    return operation;
  }

  private String failed() {
    cloud.faults("{\"model\":{\"script\":\"one two three\",\"cut_after\":2}}");
    try {
      return answered("operation_id");
    } finally {
      cloud.noFaults();
    }
  }

  static String[] waiting() {
    return WAIT.clone();
  }
}
