package dev.microcos.core.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.application.port.OperationRow;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.log.Fact.TokenUse;
import dev.microcos.core.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A call as an item of the operations table: figures in the open, words sealed. */
final class OperationItem {

  static final String STATUS = "status";
  static final String ATTEMPT = "attempt";

  private static final String KIND = "operation";
  private static final AttributeValue ZERO = Items.number(0);
  private static final AttributeValue NONE = Items.text("");

  private final Seal seal;

  OperationItem(Seal seal) {
    this.seal = seal;
  }

  byte[] sealed(Person person, OperationId operation, String prompt, String text) {
    byte[] json = Json.bytes(Json.object().put("prompt", prompt).put("text", text));
    return seal.close(person, place(person, operation.value()), json);
  }

  Map<String, AttributeValue> of(Person person, OperationRow row) {
    Map<String, AttributeValue> item =
        new HashMap<>(Items.key(person.partition(), row.operation().value()));
    item.put(STATUS, Items.text(row.status()));
    item.put(ATTEMPT, Items.number(row.attempt()));
    item.put("kind", Items.text(row.kind()));
    item.put("request_id", Items.text(row.request().value()));
    item.put("started_at", Items.number(row.startedAt().toEpochMilli()));
    item.put("model", Items.text(row.tokens().model()));
    item.put("input_tokens", Items.number(row.tokens().input()));
    item.put("output_tokens", Items.number(row.tokens().output()));
    item.put("cost_micros", Items.number(row.costMicros()));
    item.put("latency_millis", Items.number(row.latency().toMillis()));
    item.put("first_token_millis", Items.number(row.firstToken().toMillis()));
    item.put("failure", Items.text(row.failure()));
    item.put("data", Items.bytes(sealed(person, row.operation(), row.prompt(), row.text())));
    return item;
  }

  OperationRow row(Person person, Map<String, AttributeValue> item) {
    String id = Items.text(item, Items.SK);
    JsonNode words =
        item.containsKey("data")
            ? Json.tree(seal.open(person, place(person, id), Items.bytes(item, "data")))
            : Json.object();
    String request = item.getOrDefault("request_id", NONE).s();
    return new OperationRow(
        new OperationId(id),
        request.isEmpty()
            ? new RequestId("req_" + new OperationId(id).uuid())
            : new RequestId(request),
        item.getOrDefault("kind", Items.text("narrate")).s(),
        Items.text(item, STATUS),
        (int) number(item, ATTEMPT),
        Instant.ofEpochMilli(number(item, "started_at")),
        new TokenUse(
            item.getOrDefault("model", NONE).s(),
            (int) number(item, "input_tokens"),
            (int) number(item, "output_tokens")),
        number(item, "cost_micros"),
        Duration.ofMillis(number(item, "latency_millis")),
        Duration.ofMillis(number(item, "first_token_millis")),
        item.getOrDefault("failure", NONE).s(),
        words.path("prompt").asText(),
        words.path("text").asText());
  }

  private static long number(Map<String, AttributeValue> item, String name) {
    return Long.parseLong(item.getOrDefault(name, ZERO).n());
  }

  private static Seal.Place place(Person person, String operation) {
    return new Seal.Place(person.partition(), operation, KIND);
  }
}
