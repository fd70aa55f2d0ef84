package dev.microcos.local.services.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.local.services.transport.AwsRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
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

  private SchedulerService service() {
    return new SchedulerService(
        folder.resolve("schedules.json"),
        now::get,
        (expression, zone, start, after) -> Optional.of(after.plus(Duration.ofHours(1))),
        (function, input) -> fired.add(input.toString()));
  }

  private static int call(SchedulerService service, String method, String body) {
    return service
        .handle(
            new AwsRequest(
                method,
                "/schedules/s",
                "groupName=g",
                Map.of(),
                body.getBytes(StandardCharsets.UTF_8)))
        .status();
  }
}
