package dev.microcos.functions.ingress;

import dev.microcos.core.application.port.People;
import dev.microcos.core.aws.Adapters;
import dev.microcos.core.aws.Health;
import dev.microcos.core.aws.Host;
import dev.microcos.core.domain.user.Policy;
import dev.microcos.core.wire.Json;
import java.util.List;
import java.util.Locale;

/** What concerns the service itself: its health, its configuration, and sockets to it. */
final class Service {

  private final Host host;
  private final People people;
  private final SocketTickets tickets;
  private final Policy policy;
  private final Health health;
  private final CheckedBodies bodies = new CheckedBodies();

  private Service(Host host, People people, SocketTickets tickets, Policy policy, Health health) {
    this.host = host;
    this.people = people;
    this.tickets = tickets;
    this.policy = policy;
    this.health = health;
  }

  static Service of(Host host, Adapters adapters, SocketTickets tickets) {
    return new Service(host, adapters.people(), tickets, adapters.policy(), adapters.health());
  }

  Reply health(Call call) {
    List<String> down = health.down();
    return Reply.json(
        down.isEmpty() ? 200 : 503,
        out -> {
          out.writeStartObject();
          out.writeStringField("status", down.isEmpty() ? "healthy" : "unhealthy");
          if (!down.isEmpty()) {
            out.writeArrayFieldStart("down");
            for (String each : down) {
              out.writeString(each);
            }
            out.writeEndArray();
          }
          out.writeEndObject();
        });
  }

  Reply ticket(Call call) {
    bodies.checked(call, "empty");
    SocketTickets.Issued issued = tickets.issue(people.current(call.user()));
    return Reply.json(
        200,
        out -> {
          out.writeStartObject();
          out.writeStringField("ticket", issued.ticket());
          out.writeStringField("url", issued.url());
          out.writeStringField("expires_at", Json.instant(issued.expiresAt()));
          out.writeEndObject();
        });
  }

  Reply config(Call call) {
    call.user();
    return Reply.json(
        200,
        out -> {
          out.writeStartObject();
          out.writeStringField("environment", host.require("ENVIRONMENT"));
          out.writeObjectFieldStart("models");
          out.writeStringField("backend", host.get("MODEL_BACKEND", "bedrock"));
          for (String size : List.of("big", "small")) {
            out.writeObjectFieldStart(size);
            out.writeStringField(
                "id", host.require("MICROCOS_" + size.toUpperCase(Locale.ROOT) + "_MODEL"));
            out.writeEndObject();
          }
          out.writeEndObject();
          out.writeObjectFieldStart("limits");
          out.writeNumberField("messages_per_minute", policy.messagesPerMinute());
          out.writeNumberField("writes_per_minute", policy.writesPerMinute());
          out.writeNumberField("tokens_per_day", policy.tokensPerDay());
          out.writeNumberField("tasks", Policy.MAX_TASKS);
          out.writeEndObject();
          out.writeObjectFieldStart("retention");
          out.writeNumberField("keep_messages", policy.keepMessages());
          out.writeNumberField("keep_days", policy.keepFor().toDays());
          out.writeEndObject();
          out.writeObjectFieldStart("thresholds");
          out.writeEndObject();
          out.writeEndObject();
        });
  }
}
