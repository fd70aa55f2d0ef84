package dev.microcos.local.services.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.services.transport.AwsRequest;
import dev.microcos.local.services.transport.AwsResponse;
import dev.microcos.local.services.transport.JsonApi;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchedulerServiceTest {
  private static final Instant EIGHT = Instant.parse("2026-11-21T08:00:00Z");
  private static final String HOURLY =
      """
      {"GroupName": "g", "ScheduleExpression": "hourly", "Target":
        {"Arn": "f", "Input": "{\\"due\\": \\"<aws.scheduler.scheduled-time>\\"}"}}
      """;

  private static final String EACH_HALF_HOUR = HOURLY.replace("\"hourly\"", "\"rate(30 minutes)\"");

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

  @Nested
  class A_rate {

    @Test
    void goes_on_counting_unless_its_expression_or_its_time_zone_is_another() throws Exception {
      try (SchedulerService service = service()) {
        assertThat(call(service, "POST", EACH_HALF_HOUR)).isEqualTo(200);
        now.set(EIGHT.plus(Duration.ofMinutes(20)));
        assertThat(call(service, "PUT", EACH_HALF_HOUR.replace("due", "then"))).isEqualTo(200);
        now.set(EIGHT.plus(Duration.ofMinutes(30)));
        service.start();
        assertThat(next()).isEqualTo("{\"then\":\"2026-11-21T08:30:00Z\"}");
        now.set(EIGHT.plus(Duration.ofMinutes(40)));
        String other = EACH_HALF_HOUR.replace("{\"G", "{\"ScheduleExpressionTimezone\":\"Z\",\"G");
        assertThat(call(service, "PUT", other)).isEqualTo(200);
        now.set(EIGHT.plus(Duration.ofMinutes(70)));
        service.clockMoved();
        assertThat(next()).isEqualTo("{\"due\":\"2026-11-21T09:10:00Z\"}");
      }
      assertThat(fired).isEmpty();
    }

    @Test
    void that_an_earlier_release_wrote_down_counts_from_when_it_was_modified() throws Exception {
      try (SchedulerService service = service()) {
        assertThat(call(service, "POST", EACH_HALF_HOUR)).isEqualTo(200);
      }
      Path file = folder.resolve("schedules.json");
      ObjectNode kept = (ObjectNode) JsonApi.MAPPER.readTree(Files.readString(file));
      ((ObjectNode) kept.path("g/s")).remove("Since");
      Files.writeString(file, kept.toString());
      now.set(EIGHT.plus(Duration.ofMinutes(61)));
      try (SchedulerService service = service()) {
        service.start();
        assertThat(next()).isEqualTo("{\"due\":\"2026-11-21T08:30:00Z\"}");
        assertThat(next()).isEqualTo("{\"due\":\"2026-11-21T09:00:00Z\"}");
      }
      assertThat(fired).isEmpty();
    }

    @Test
    void is_due_first_at_its_start_date() throws Exception {
      try (SchedulerService service = service()) {
        assertThat(call(service, "POST", starting(EIGHT.plusSeconds(600)))).isEqualTo(200);
        assertThat(body(call(service, "GET", "/schedules/s", "groupName=g", "")).path("StartDate"))
            .isEqualTo(JsonApi.MAPPER.readTree("1795248600.000"));
        now.set(EIGHT.plus(Duration.ofMinutes(45)));
        service.start();
        assertThat(next()).isEqualTo("{\"due\":\"2026-11-21T08:10:00Z\"}");
        assertThat(next()).isEqualTo("{\"due\":\"2026-11-21T08:40:00Z\"}");
      }
      assertThat(fired).isEmpty();
    }

    @Test
    void may_have_begun_up_to_five_minutes_ago() throws Exception {
      try (SchedulerService service = service()) {
        assertThat(call(service, "POST", starting(EIGHT.minusSeconds(360)))).isEqualTo(400);
        assertThat(call(service, "POST", starting(EIGHT.minusSeconds(300)))).isEqualTo(200);
        service.start();
        assertThat(next()).isEqualTo("{\"due\":\"2026-11-21T07:55:00Z\"}");
      }
      assertThat(fired).isEmpty();
    }

    private String next() throws InterruptedException {
      return String.valueOf(fired.poll(60, TimeUnit.SECONDS));
    }

    private static String starting(Instant start) {
      return EACH_HALF_HOUR.replace(
          "{\"G", "{\"StartDate\": " + start.getEpochSecond() + ".000, \"G");
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
        SchedulerServiceTest::after,
        (function, input) -> fired.add(input.toString()));
  }

  /** An hour later, or the half hours from the start. */
  private static Optional<Instant> after(
      String expression, String zone, Instant start, Instant instant) {
    if (expression.equals("hourly")) {
      return Optional.of(instant.plus(Duration.ofHours(1)));
    }
    Instant time = start.plus(Duration.ofMinutes(30));
    while (!time.isAfter(instant)) {
      time = time.plus(Duration.ofMinutes(30));
    }
    return Optional.of(time);
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
