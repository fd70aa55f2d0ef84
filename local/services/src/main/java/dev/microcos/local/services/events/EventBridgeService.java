package dev.microcos.local.services.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.services.store.Store;
import dev.microcos.local.services.transport.AwsRequest;
import dev.microcos.local.services.transport.AwsResponse;
import dev.microcos.local.services.transport.AwsService;
import dev.microcos.local.services.transport.JsonApi;
import dev.microcos.local.services.transport.JsonReply;
import dev.microcos.local.services.transport.JsonRequest;
import dev.microcos.local.services.transport.Refusal;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Amazon EventBridge: PutEvents to the default bus. What was put is on the disk before the answer.
 * Who does not take an event gets it again with the next start, for a day.
 */
public final class EventBridgeService implements AwsService {

  private static final Logger LOG = System.getLogger(EventBridgeService.class.getName());

  /** "By default, EventBridge retries sending the event for 24 hours". */
  private static final Duration KEPT = Duration.ofDays(1);

  private final EventBus bus;
  private final EventShelf shelf;
  private final InstantSource clock;
  private final JsonApi api;

  /** A service in front of a bus, which keeps what was put in a store. */
  public EventBridgeService(EventBus bus, Store store, InstantSource clock) {
    this.bus = bus;
    this.shelf = new EventShelf(store);
    this.clock = clock;
    this.api =
        new JsonApi(
            "application/x-amz-json-1.1",
            "EventBridge",
            Map.of("PutEvents", this::putEvents),
            message -> new Refusal(400, "ValidationException", message));
  }

  /** Delivers what was put before the process ended; the rules are there by now. */
  public void start() {
    Instant oldest = clock.instant().minus(KEPT);
    for (JsonNode event : shelf.all()) {
      if (Instant.parse(event.path("time").asText()).isBefore(oldest)) {
        LOG.log(Level.WARNING, "nobody took the event {0} in a day", event.path("id").asText());
        shelf.remove(event);
      } else {
        deliverSoon(event);
      }
    }
  }

  @Override
  public String signingName() {
    return "events";
  }

  @Override
  public AwsResponse handle(AwsRequest request) {
    return api.handle(request);
  }

  private JsonReply putEvents(JsonRequest request) {
    List<ObjectNode> answers = new ArrayList<>();
    List<ObjectNode> events = new ArrayList<>();
    for (JsonNode entry : request.list("Entries")) {
      answers.add(put(entry, events));
    }
    shelf.put(events);
    events.forEach(this::deliverSoon);
    long failed = answers.stream().filter(answer -> answer.has("ErrorCode")).count();
    return json -> {
      json.writeNumberField("FailedEntryCount", failed);
      json.writeArrayFieldStart("Entries");
      for (ObjectNode answer : answers) {
        json.writeTree(answer);
      }
      json.writeEndArray();
    };
  }

  /** The answer to one entry, whose event is added to the others if it is one. */
  private ObjectNode put(JsonNode entry, List<ObjectNode> events) {
    for (String required : List.of("Source", "DetailType", "Detail")) {
      if (entry.path(required).asText().isEmpty()) {
        return refused(
            "InvalidArgument",
            "Parameter "
                + required
                + " is not valid. Reason: "
                + required
                + " is a required argument.");
      }
    }
    JsonNode detail;
    try {
      detail = JsonApi.MAPPER.readTree(entry.path("Detail").asText());
    } catch (JsonProcessingException e) {
      return refused("MalformedDetail", "Detail is malformed.");
    }
    if (!detail.isObject()) {
      return refused("MalformedDetail", "Detail is malformed.");
    }
    String id = UUID.randomUUID().toString();
    ObjectNode event =
        JsonApi.MAPPER
            .createObjectNode()
            .put("version", "0")
            .put("id", id)
            .put("detail-type", entry.path("DetailType").asText())
            .put("source", entry.path("Source").asText())
            .put("account", "000000000000")
            .put("time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
            .put("region", "us-east-1");
    ArrayNode resources = event.putArray("resources");
    entry.path("Resources").forEach(resources::add);
    event.set("detail", detail);
    events.add(event);
    return JsonApi.MAPPER.createObjectNode().put("EventId", id);
  }

  private static ObjectNode refused(String code, String message) {
    return JsonApi.MAPPER.createObjectNode().put("ErrorCode", code).put("ErrorMessage", message);
  }

  private void deliverSoon(JsonNode event) {
    Thread _ =
        Thread.ofVirtual().name("event-" + event.path("id").asText()).start(() -> deliver(event));
  }

  private void deliver(JsonNode event) {
    try {
      bus.deliver(event);
      shelf.remove(event);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a target did not take the event " + event.path("id"), e);
    }
  }
}
