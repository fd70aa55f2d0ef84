package dev.microcos.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.awaitility.Awaitility;

/** What a path can name: made for a person when it is asked for. */
record Belongings(TestCloud cloud, TestPerson person) {

  private static final String[] WAIT = {"Prefer", "return=representation"};

  /** The id of a new thing that this operation can be asked for, by its parameter's name. */
  String made(OpenApi.Operation operation, String parameter) {
    return switch (parameter) {
      case "task_id" -> person.makes("A task");
      case "calendar_event_id" -> event();
      case "request_id" -> answered("request_id");
      case "operation_id" -> {
        String[] words = operation.path().split("/", -1);
        yield switch (words[words.length - 1]) {
          case "cancel" -> open();
          case "retry" -> failed();
          default -> answered("operation_id");
        };
      }
      default -> throw new AssertionError("say here how a " + parameter + " comes to be");
    };
  }

  /** The id of something that is nobody's. */
  static String nobodys(String parameter) {
    String prefix =
        switch (parameter) {
          case "task_id" -> "task";
          case "calendar_event_id" -> "cal";
          case "request_id" -> "req";
          case "operation_id" -> "op";
          default -> throw new AssertionError("say here how the ids of a " + parameter + " begin");
        };
    return prefix + "_00000000-0000-7000-8000-000000000000";
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
