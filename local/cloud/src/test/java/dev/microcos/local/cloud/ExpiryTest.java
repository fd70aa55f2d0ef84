package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.microcos.core.testkit.TestClock;
import dev.microcos.local.services.transport.AwsRequest;
import dev.microcos.local.services.transport.AwsResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpiryTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void what_has_expired_is_removed_again_and_again_even_after_a_failure() {
    AtomicInteger times = new AtomicInteger();
    try (Expiry _ =
        Expiry.every(
            Duration.ofMillis(5),
            () -> {
              if (times.incrementAndGet() == 1) {
                throw new IllegalStateException("the disk is full");
              }
            })) {
      await().until(() -> times.get() >= 3);
    }
  }

  @Test
  void after_a_jump_of_the_clock_nothing_is_left_that_has_expired(@TempDir Path folder)
      throws Exception {
    TestClock clock = new TestClock();
    try (Services services = Services.open(folder, clock, Blueprints.PLACE)) {
      Resources.table(
          services.dynamodb(),
          JSON.readTree(
              """
              {"TableName": "tickets", "BillingMode": "PAY_PER_REQUEST",
               "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
               "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
               "TimeToLiveSpecification": {"AttributeName": "expires_at", "Enabled": true}}
              """));
      put(services, "soon", clock.instant().plusSeconds(60).getEpochSecond());
      put(services, "late", clock.instant().plusSeconds(7200).getEpochSecond());
      services.clockMoved();
      assertThat(scanned(services)).contains("soon", "late");
      clock.advance(Duration.ofHours(1));
      services.clockMoved();
      assertThat(scanned(services)).contains("late").doesNotContain("soon");
      clock.advance(Duration.ofHours(2));
      services.removeExpired();
      assertThat(scanned(services)).doesNotContain("late");
    }
  }

  private static void put(Services services, String pk, long expiresAt) {
    String item = "{\"pk\":{\"S\":\"" + pk + "\"},\"expires_at\":{\"N\":\"" + expiresAt + "\"}}";
    String _ = call(services, "PutItem", "{\"TableName\":\"tickets\",\"Item\":" + item + "}");
  }

  private static String scanned(Services services) {
    return call(services, "Scan", "{\"TableName\":\"tickets\"}");
  }

  private static String call(Services services, String operation, String body) {
    AwsResponse response =
        services
            .dynamodb()
            .handle(
                new AwsRequest(
                    "POST",
                    "/",
                    "",
                    Map.of("x-amz-target", "DynamoDB_20120810." + operation),
                    body.getBytes(StandardCharsets.UTF_8)));
    assertThat(response.status()).isEqualTo(200);
    return response.body() instanceof AwsResponse.Body.Bytes(byte[] bytes)
        ? new String(bytes, StandardCharsets.UTF_8)
        : "";
  }
}
