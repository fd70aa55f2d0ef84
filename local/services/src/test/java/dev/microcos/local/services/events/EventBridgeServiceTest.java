package dev.microcos.local.services.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.local.services.store.Store;
import dev.microcos.local.services.transport.AwsRequest;
import dev.microcos.local.services.transport.AwsResponse;
import dev.microcos.local.services.transport.JsonApi;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventBridgeServiceTest {

  private static final Instant EIGHT = Instant.parse("2026-11-21T08:00:00Z");
  private static final String MINE = "{\"source\": [\"me\"]}";
  private static final String TWO_ENTRIES =
      """
      {"Entries": [{"Source": "me", "DetailType": "said", "Detail": "{\\"n\\": 1}"},
                   {"Source": "me", "DetailType": "said", "Detail": "no JSON"}]}
      """;

  private final AtomicReference<Instant> now = new AtomicReference<>(EIGHT);
  private final BlockingQueue<JsonNode> taken = new LinkedBlockingQueue<>();

  @TempDir private Path folder = Path.of("");

  @Test
  void what_was_put_is_delivered_also_by_who_comes_after_a_crash() throws Exception {
    String id;
    try (Store store = Store.open(folder)) {
      JsonNode answer = put(service(store, event -> crash()));
      assertThat(answer.path("FailedEntryCount").asInt()).isEqualTo(1);
      assertThat(answer.at("/Entries/1/ErrorCode").asText()).isEqualTo("MalformedDetail");
      id = answer.at("/Entries/0/EventId").asText();
    }
    try (Store store = Store.open(folder)) {
      service(store, taken::add).start();
      JsonNode event = taken.poll(60, TimeUnit.SECONDS);
      assertThat(event).isNotNull();
      assertThat(event.path("id").asText()).isEqualTo(id);
      assertThat(event.at("/detail/n").asInt()).isEqualTo(1);
      assertThat(event.path("time").asText()).isEqualTo("2026-11-21T08:00:00Z");
    }
  }

  @Test
  void what_nobody_took_in_a_day_is_given_up() {
    try (Store store = Store.open(folder)) {
      JsonNode _ = put(service(store, event -> crash()));
      now.set(EIGHT.plus(Duration.ofHours(25)));
      service(store, taken::add).start();
    }
    try (Store store = Store.open(folder)) {
      assertThat(new EventShelf(store).all()).isEmpty();
    }
    assertThat(taken).isEmpty();
  }

  private static void crash() {
    throw new IllegalStateException("the process ended here");
  }

  private EventBridgeService service(Store store, Consumer<JsonNode> target) {
    EventBus bus = new EventBus();
    bus.add("mine", new EventPattern(read(MINE)), List.of(target));
    return new EventBridgeService(bus, store, now::get);
  }

  private static JsonNode put(EventBridgeService service) {
    AwsResponse response =
        service.handle(
            new AwsRequest(
                "POST",
                "/",
                "",
                Map.of("x-amz-target", "AWSEvents.PutEvents"),
                TWO_ENTRIES.getBytes(StandardCharsets.UTF_8)));
    assertThat(response.status()).isEqualTo(200);
    byte[] body = ((AwsResponse.Body.Bytes) response.body()).bytes();
    return read(new String(body, StandardCharsets.UTF_8));
  }

  private static JsonNode read(String json) {
    try {
      return JsonApi.MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
