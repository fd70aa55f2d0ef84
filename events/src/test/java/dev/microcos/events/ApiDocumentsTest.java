package dev.microcos.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ApiDocumentsTest {
  private static final Path OPENAPI = Path.of("api/openapi.yaml");
  private static final Path ASYNCAPI = Path.of("api/asyncapi.yaml");
  private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

  static List<Path> documents() {
    List<Path> all = new ArrayList<>(Documents.files("envelopes", ".schema.json"));
    all.addAll(Documents.files("api", ".schema.json"));
    all.addAll(List.of(OPENAPI, ASYNCAPI));
    return all;
  }

  private static JsonNode read(Path file) throws IOException {
    return file.toString().endsWith(".yaml")
        ? new YAMLMapper().readTree(file.toFile())
        : Documents.read(file);
  }

  private static List<String> references(JsonNode node) {
    return node.findValuesAsText("$ref");
  }

  @ParameterizedTest
  @MethodSource("documents")
  void every_reference_leads_somewhere(Path document) throws IOException {
    for (String reference : references(read(document))) {
      String[] parts = reference.split("#", 2);
      Path file = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]).normalize();
      assertThat(file).as("%s in %s", reference, document).exists();
      String pointer = parts.length == 2 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "";
      assertThat(read(file).at(JsonPointer.compile(pointer)).isMissingNode())
          .as("%s in %s", reference, document)
          .isFalse();
    }
  }

  @Test
  void no_schema_is_without_use() throws IOException {
    Set<Path> used = new TreeSet<>();
    for (Path document : documents()) {
      for (String reference : references(read(document))) {
        String file = reference.split("#", 2)[0];
        if (!file.isEmpty()) {
          used.add(document.resolveSibling(file).normalize());
        }
      }
    }
    assertThat(used).hasSizeGreaterThan(20).containsAll(Documents.files("api", ".schema.json"));
  }

  @Nested
  class Openapi {
    private final JsonNode paths = paths();

    private JsonNode paths() {
      try {
        return read(OPENAPI).path("paths");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private List<JsonNode> operations() {
      List<JsonNode> found = new ArrayList<>();
      paths.forEach(path ->
          path.properties().stream()
              .filter(entry -> METHODS.contains(entry.getKey()))
              .forEach(entry -> found.add(entry.getValue())));
      return found;
    }

    @Test
    void has_all_routes() {
      Set<String> routes = new LinkedHashSet<>();
      paths
          .properties()
          .forEach(path ->
              path.getValue()
                  .fieldNames()
                  .forEachRemaining(name -> {
                    if (METHODS.contains(name)) {
                      routes.add(name + " " + path.getKey());
                    }
                  }));
      assertThat(routes)
          .containsExactlyInAnyOrder(
              "post /v1/messages",
              "get /v1/messages",
              "post /v1/tasks",
              "patch /v1/tasks/{task_id}",
              "delete /v1/tasks/{task_id}",
              "post /v1/calendar-events",
              "delete /v1/calendar-events/{calendar_event_id}",
              "put /v1/preferences",
              "get /v1/operations",
              "get /v1/operations/{operation_id}",
              "post /v1/operations/{operation_id}/cancel",
              "post /v1/operations/{operation_id}/retry",
              "get /v1/state",
              "get /v1/events",
              "get /v1/trace/{request_id}",
              "get /v1/export",
              "delete /v1/account",
              "get /v1/config",
              "post /v1/socket-tickets",
              "get /v1/workflows",
              "post /v1/runs",
              "get /v1/runs",
              "get /v1/runs/{run_id}",
              "get /v1/runs/{run_id}/events",
              "post /v1/runs/{run_id}/cancel",
              "post /v1/runs/{run_id}/rerun",
              "post /v1/runs/{run_id}/inputs/{input_id}",
              "post /v1/signals",
              "get /v1/signals/routes",
              "get /v1/schedules",
              "get /v1/schedules/{name}",
              "put /v1/schedules/{name}",
              "delete /v1/schedules/{name}",
              "post /v1/webhooks/{name}",
              "post /",
              "get /{run_id}",
              "get /health");
    }

    @Test
    void names_every_operation_once_and_says_what_it_answers() {
      assertThat(operations())
          .extracting(op -> op.path("operationId").asText())
          .doesNotHaveDuplicates();
      assertThat(operations())
          .allSatisfy(op -> {
            assertThat(op.path("summary").asText()).isNotBlank();
            assertThat(op.path("responses").has("200") || op.path("responses").has("202")).isTrue();
            assertThat(op.path("responses").has("401") || op.path("security").isEmpty()).isTrue();
          });
    }

    @Test
    void shows_examples_that_its_schemas_accept() {
      int seen = 0;
      for (JsonNode operation : operations()) {
        JsonNode body = operation.at("/requestBody/content/application~1json");
        if (body.has("example")) {
          String schema = "api/" + body.at("/schema/$ref").asText();
          assertThat(Documents.faults(schema, body.path("example"))).as(schema).isEmpty();
          seen++;
        }
      }
      assertThat(seen).isGreaterThanOrEqualTo(4);
    }
  }

  @Nested
  class Asyncapi {
    @Test
    void has_a_message_for_every_frame() throws IOException {
      JsonNode messages = read(ASYNCAPI).at("/components/messages");
      List<Path> payloads = new ArrayList<>();
      messages.forEach(
          message -> payloads.add(Path.of("api", message.at("/payload/$ref").asText())));
      assertThat(payloads)
          .containsExactlyInAnyOrderElementsOf(Documents.files("api/frames", ".schema.json"));
    }

    @Test
    void shows_examples_that_its_schemas_accept() throws IOException {
      int seen = 0;
      for (JsonNode message : read(ASYNCAPI).at("/components/messages")) {
        for (JsonNode example : message.path("examples")) {
          String schema = "api/" + message.at("/payload/$ref").asText();
          assertThat(Documents.faults(schema, example.path("payload"))).as(schema).isEmpty();
          seen++;
        }
      }
      assertThat(seen).isGreaterThanOrEqualTo(4);
    }
  }

  @Test
  void personal_fields_are_marked() throws IOException {
    Set<String> marked = new TreeSet<>();
    for (Path schema : Documents.files("envelopes", ".schema.json")) {
      if (Files.readString(schema).contains("x-private")) {
        collect(Documents.read(schema), "", Documents.nameOf(schema, ".schema.json"), marked);
      }
    }
    assertThat(marked)
        .containsExactlyInAnyOrder(
            "user.message text",
            "assistant.message text",
            "assistant.failed text",
            "task.created title",
            "task.created due",
            "task.created notes",
            "task.updated title",
            "task.updated due",
            "task.updated notes",
            "calendar.event_added title",
            "calendar.event_added starts_at",
            "calendar.event_added ends_at",
            "calendar.event_added time_zone",
            "calendar.event_added location",
            "calendar.event_added description",
            "run.started input",
            "run.started state",
            "run.started parent_token",
            "step.started input",
            "step.completed patch",
            "step.failed cause",
            "input.required prompt",
            "input.required schema",
            "input.required default",
            "input.required token",
            "input.received value",
            "wait.registered match",
            "wait.registered token",
            "signal.received data",
            "run.completed result",
            "child.ended result",
            "child.ended cause",
            "run.failed cause",
            "run.updated prompt",
            "run.updated schema",
            "run.updated default",
            "run.updated match",
            "signal.sent data",
            "schedule.set input",
            "memory.updated key",
            "memory.updated value",
            "notification.sent title",
            "notification.sent text",
            "common time_zone",
            "common work_hours",
            "common travel",
            "common notifications");
  }

  private static void collect(JsonNode node, String name, String schema, Set<String> marked) {
    if (node.path("x-private").asBoolean()) {
      marked.add(schema + " " + name);
    }
    node.properties().forEach(entry -> collect(entry.getValue(), entry.getKey(), schema, marked));
  }
}
