package dev.microcos.local.services.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.services.transport.AwsRequest;
import dev.microcos.local.services.transport.AwsResponse;
import dev.microcos.local.services.transport.JsonApi;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchedulerServiceTest {
  private static final Instant EIGHT = Instant.parse("2026-11-21T08:00:00Z");
  private static final String HOURLY =
      """
      {"GroupName": "g", "ScheduleExpression": "hourly", "Target":
        {"Arn": "f", "Input": "{\\"due\\": \\"<aws.scheduler.scheduled-time>\\"}"}}
      """;

  private final AtomicReference<Instant> now = new AtomicReference<>(EIGHT);
  private final BlockingQueue<String> fired = new LinkedBlockingQueue<>();

  @TempDir private Path folder = Path.of("");

  @Test
  void fires_each_due_time_that_the_clock_jumped_over_also_after_a_restart() throws Exception {
    SchedulerService first = service();
    assertThat(call(first, "POST", HOURLY)).isEqualTo(200);
    first.close();
    now.set(EIGHT.plus(Duration.ofMinutes(150)));
    try (SchedulerService second = service()) {
      second.start();
      assertThat(fired.poll(60, TimeUnit.SECONDS)).isEqualTo("{\"due\":\"2026-11-21T09:00:00Z\"}");
      assertThat(fired.poll(60, TimeUnit.SECONDS)).isEqualTo("{\"due\":\"2026-11-21T10:00:00Z\"}");
    }
    assertThat(fired).isEmpty();
  }

  @Test
  void knows_what_is_there() {
    try (SchedulerService service = service()) {
      assertThat(call(service, "PUT", HOURLY)).isEqualTo(404);
      assertThat(call(service, "POST", HOURLY)).isEqualTo(200);
      assertThat(call(service, "POST", HOURLY)).isEqualTo(409);
      assertThat(call(service, "PUT", HOURLY)).isEqualTo(200);
      assertThat(call(service, "GET", "")).isEqualTo(200);
      assertThat(call(service, "DELETE", "")).isEqualTo(200);
      assertThat(call(service, "DELETE", "")).isEqualTo(404);
    }
  }

  @Test
  void lists_what_fits_a_page_at_a_time() throws Exception {
    try (SchedulerService service = service()) {
      for (String name : List.of("a1", "a2", "b1")) {
        assertThat(call(service, "POST", "/schedules/" + name, "", HOURLY).status()).isEqualTo(200);
      }
      String off = HOURLY.replace("\"g\"", "\"h\", \"State\": \"DISABLED\"");
      assertThat(call(service, "POST", "/schedules/a3", "", off).status()).isEqualTo(200);

      assertThat(names(list(service, ""))).containsExactly("a1", "a2", "b1", "a3");
      assertThat(names(list(service, "ScheduleGroup=g&NamePrefix=a"))).containsExactly("a1", "a2");
      assertThat(names(list(service, "State=DISABLED"))).containsExactly("a3");
      JsonNode first = list(service, "MaxResults=3");
      assertThat(names(first)).containsExactly("a1", "a2", "b1");
      JsonNode rest = list(service, "MaxResults=3&NextToken=" + first.path("NextToken").asText());
      assertThat(names(rest)).containsExactly("a3");
      assertThat(rest.has("NextToken")).isFalse();
      assertThat(list(service, "MaxResults=1").path("Schedules").path(0))
          .isEqualTo(
              JsonApi.MAPPER.readTree(
                  """
                  {"State": "ENABLED", "Name": "a1",
                   "Arn": "arn:aws:scheduler:us-east-1:000000000000:schedule/g/a1", "GroupName": "g",
                   "CreationDate": 1795248000.000, "LastModificationDate": 1795248000.000,
                   "Target": {"Arn": "f"}}
                  """));
      assertThat(call(service, "GET", "/schedules", "MaxResults=0", "").status()).isEqualTo(400);
    }
  }

  @Test
  void keeps_the_time_of_one_that_is_made_again_as_it_was() throws Exception {
    try (SchedulerService service = service()) {
      JsonNode properties = ((ObjectNode) JsonApi.MAPPER.readTree(HOURLY)).put("Name", "m-1");
      service.make(properties);
      JsonNode made = body(call(service, "GET", "/schedules/m-1", "groupName=g", ""));
      now.set(EIGHT.plus(Duration.ofMinutes(30)));
      service.make(properties);
      assertThat(body(call(service, "GET", "/schedules/m-1", "groupName=g", ""))).isEqualTo(made);
      service.retain("g", "m-", Set.of("m-1"));
      assertThat(names(list(service, ""))).containsExactly("m-1");
      service.retain("g", "m-", Set.of());
      assertThat(names(list(service, ""))).isEmpty();
    }
  }

  private static JsonNode list(SchedulerService service, String query) throws Exception {
    return body(call(service, "GET", "/schedules", query, ""));
  }

  private static List<String> names(JsonNode page) {
    return page.path("Schedules").findValuesAsText("Name");
  }

  private static JsonNode body(AwsResponse response) throws Exception {
    assertThat(response.status()).isEqualTo(200);
    return JsonApi.MAPPER.readTree(((AwsResponse.Body.Bytes) response.body()).bytes());
  }

  private SchedulerService service() {
    return new SchedulerService(
        folder.resolve("schedules.json"),
        now::get,
        (expression, zone, start, after) -> Optional.of(after.plus(Duration.ofHours(1))),
        (function, input) -> fired.add(input.toString()));
  }

  private static int call(SchedulerService service, String method, String body) {
    return call(service, method, "/schedules/s", "groupName=g", body).status();
  }

  private static AwsResponse call(
      SchedulerService service, String method, String path, String query, String body) {
    return service.handle(
        new AwsRequest(method, path, query, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
  }
}
