package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.RunId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.scheduler.SchedulerClient;

/** Workflows that start by the clock. */
class SchedulesTest {

  private static final String EVERY_MORNING =
      "{\"expression\":\"cron(0 8 ? * * *)\",\"time_zone\":\"Europe/Berlin\","
          + "\"workflow\":\"approval\",\"input\":{\"request\":\"Ready for the day?\"}}";

  @Test
  void one_starts_a_run_when_it_is_due_also_after_a_restart(@TempDir Path folder) {
    String id;
    try (TestCloud cloud = TestCloud.start(folder, TestCloud.WIDE)) {
      TestPerson person = cloud.as("early-riser");
      JsonNode accepted =
          person.send("PUT", "/v1/schedules/morning", EVERY_MORNING).is(202, "accepted");
      JsonNode _ = person.logged(accepted.path("event_id").asText());
      JsonNode schedule = person.get("/v1/schedules").is(200, "schedules").at("/schedules/morning");
      assertThat(schedule.path("next")).hasSize(10);
      assertThat(runs(person)).isZero();
      awaitScheduled(cloud, "Ready for the day?");
      cloud.advance("PT24H");
      person = cloud.as("early-riser");
      awaitRuns(person, 1);
      JsonNode run = person.get("/v1/runs").is(200, "runs").path("runs").path(0);
      id = run.path("run_id").asText();
      JsonNode view = new TestRun(person, id).view();
      assertThat(view.at("/trigger/kind").asText()).isEqualTo("schedule");
      assertThat(view.at("/trigger/name").asText()).isEqualTo("morning");
    }
    try (TestCloud cloud = TestCloud.start(folder, TestCloud.WIDE)) {
      TestPerson person = cloud.as("early-riser");
      TestRun run = new TestRun(person, id);
      String _ = run.question();
      cloud.advance("PT24H");
      person = cloud.as("early-riser");
      awaitRuns(person, 2);
      JsonNode accepted = person.send("DELETE", "/v1/schedules/morning", "{}").is(202, "accepted");
      JsonNode _ = person.logged(accepted.path("event_id").asText());
      assertThat(person.get("/v1/schedules").is(200, "schedules").path("schedules")).isEmpty();
    }
  }

  @Test
  void a_rate_counts_from_when_it_was_set_whatever_it_starts(@TempDir Path folder) {
    try (TestCloud cloud = TestCloud.start(folder, TestCloud.WIDE)) {
      TestPerson person = cloud.as("regular");
      String hourly = body("rate(1 hour)", "UTC");
      JsonNode event = person.logged(set(person, hourly));
      List<Instant> times = times(person);
      assertThat(times).hasSize(10);
      assertThat(times.getFirst()).isEqualTo(minute(event).plus(Duration.ofHours(1)));
      awaitScheduled(cloud, "Ready for the day?");

      cloud.advance("PT20M");
      assertThat(times(person)).isEqualTo(times);
      JsonNode _ = person.logged(set(person, hourly.replace("Ready", "Still ready")));
      assertThat(times(person)).isEqualTo(times);
      awaitScheduled(cloud, "Still ready for the day?");
      assertThat(runs(person)).isZero();

      cloud.advance("PT41M");
      person = cloud.as("regular");
      awaitRuns(person, 1);
      assertThat(times(person).getFirst()).isEqualTo(times.get(1));
      EventId due =
          EventId.ofReport(times.getFirst(), event.path("user_id").asText(), "schedule", "once");
      JsonNode view = new TestRun(person, RunId.startedBy(due).value()).view();
      assertThat(view.at("/input/request").asText()).isEqualTo("Still ready for the day?");

      JsonNode other = person.logged(set(person, body("rate(2 hours)", "UTC")));
      assertThat(times(person).getFirst()).isEqualTo(minute(other).plus(Duration.ofHours(2)));
    }
  }

  @Test
  void a_wrong_one_names_the_field_and_the_way_out(@TempDir Path folder) {
    try (TestCloud cloud = TestCloud.start(folder, TestCloud.WIDE)) {
      TestPerson person = cloud.as("miscounter");
      assertThat(refused(person, "cron(0 8 * * * *)")).contains("?");
      assertThat(refused(person, "each morning")).contains("must be like rate(1 hour) or cron(");
      assertThat(person.get("/v1/schedules/never").status()).isEqualTo(404);
      String body = body("rate(0 hours)", "Mars/Base").replace("{\"exp", "{\"colour\":1,\"exp");
      assertThat(
              person
                  .send("PUT", "/v1/schedules/never", body)
                  .is(400, "problem")
                  .path("errors")
                  .findValuesAsText("pointer"))
          .containsExactlyInAnyOrder("/colour", "/time_zone", "/expression");
    }
  }

  @Test
  void one_whose_time_is_over_is_refused_unless_it_is_off(@TempDir Path folder) {
    try (TestCloud cloud = TestCloud.start(folder, TestCloud.WIDE)) {
      TestPerson person = cloud.as("latecomer");
      assertThat(refused(person, "at(2020-01-01T00:00:00)"))
          .contains("is over", "in Europe/Berlin");
      assertThat(refused(person, "cron(0 9 1 1 ? 2020)")).contains("is over");
      String later = "at(" + LocalDateTime.now(ZoneOffset.UTC).plusHours(6).withNano(0) + ")";
      assertThat(refusedBody(person, body(later, "Pacific/Kiritimati"))).contains("is over");
      assertThat(person.events()).isEmpty();
      String body = body(later, "UTC");
      JsonNode _ = person.logged(set(person, body));
      assertThat(next(person)).hasSize(1);
      cloud.advance("PT7H");
      person = cloud.as("latecomer");
      assertThat(next(person)).isEmpty();
      assertThat(refusedBody(person, body)).contains("is over", "in UTC");
      JsonNode _ = person.logged(set(person, body.replace("{\"exp", "{\"enabled\":false,\"exp")));
    }
  }

  private static String refused(TestPerson person, String expression) {
    return refusedBody(person, body(expression, "Europe/Berlin"));
  }

  private static String refusedBody(TestPerson person, String body) {
    JsonNode fault =
        person.send("PUT", "/v1/schedules/never", body).is(400, "problem").at("/errors/0");
    assertThat(fault.path("pointer").asText()).isEqualTo("/expression");
    return fault.path("detail").asText();
  }

  private static String body(String expression, String timeZone) {
    return EVERY_MORNING
        .replace("cron(0 8 ? * * *)", expression)
        .replace("Europe/Berlin", timeZone);
  }

  private static String set(TestPerson person, String body) {
    JsonNode accepted = person.send("PUT", "/v1/schedules/once", body).is(202, "accepted");
    return accepted.path("event_id").asText();
  }

  private static JsonNode next(TestPerson person) {
    return person.get("/v1/schedules/once").is(200, "schedule").path("next");
  }

  private static List<Instant> times(TestPerson person) {
    List<Instant> times = new ArrayList<>();
    next(person).forEach(time -> times.add(Instant.parse(time.asText())));
    return times;
  }

  /** The minute in which an event came. */
  private static Instant minute(JsonNode event) {
    return Instant.parse(event.path("timestamp").asText()).truncatedTo(ChronoUnit.MINUTES);
  }

  /** What is in the log is given to Scheduler a moment later, and only from then on is it due. */
  private static void awaitScheduled(TestCloud cloud, String request) {
    try (SchedulerClient scheduler =
        SchedulerClient.builder()
            .httpClient(UrlConnectionHttpClient.create())
            .endpointOverride(cloud.aws())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
            .build()) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() ->
              scheduler.listSchedules(_ -> {}).schedules().stream()
                  .map(each ->
                      scheduler.getSchedule(
                          get -> get.groupName(each.groupName()).name(each.name())))
                  .anyMatch(each -> each.target().input().contains("\"" + request + "\"")));
    }
  }

  private static int runs(TestPerson person) {
    return person.get("/v1/runs").is(200, "runs").path("runs").size();
  }

  private static void awaitRuns(TestPerson person, int wanted) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> runs(person) == wanted);
  }
}
