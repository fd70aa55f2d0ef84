package dev.microcos.functions.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.application.ReadRuns;
import dev.microcos.core.application.WebhookSignature;
import dev.microcos.core.application.port.People;
import dev.microcos.core.application.port.Secrets;
import dev.microcos.core.domain.id.ClientActionId;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.id.UserId;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.UserFact.SignalSent;
import dev.microcos.core.wire.DocumentJson;
import dev.microcos.core.wire.Json;
import dev.microcos.core.wire.workflow.Trigger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What happened outside: told by a person, or by a webhook for one. */
record Signals(
    Acceptance acceptance,
    Catalog catalog,
    ReadRuns runs,
    People people,
    Secrets secrets,
    Function<String, UserId> owners) {

  private static final CheckedBodies BODIES = new CheckedBodies();

  Reply signal(Call call) {
    ObjectNode body = BODIES.checked(call, "post-signal");
    String type = body.path("type").asText();
    JsonNode data = body.has("data") ? body.path("data") : Json.object();
    catalog.checkSignal(type, "/data", data);
    String to = body.path("run_id").textValue();
    RunId run = to == null ? null : new RunId(to);
    if (run != null && runs.find(people.current(call.user()), run).isEmpty()) {
      throw Problem.notFound(run.value());
    }
    Envelope envelope = acceptance.write(call, body, null, sent(type, DocumentJson.of(data), run));
    return acceptance.reply(call, envelope, signalId(envelope));
  }

  /** Takes a delivery; whoever holds the secret sees nothing of the person that it is for. */
  Reply webhook(Call call, String name) {
    Trigger.Webhook webhook = catalog.webhook(name);
    String secret =
        secrets
            .webhook(webhook.secret())
            .orElseThrow(() -> Problem.unavailable("the webhook has no secret yet"));
    String signature = call.headers().getOrDefault("x-microcos-signature", "");
    if (!WebhookSignature.isRight(secret, call.body(), signature)) {
      throw Problem.of(401, "the signature is not that of this body");
    }
    ClientActionId delivery = delivery(call.headers().get("x-microcos-delivery"));
    ObjectNode data = BODIES.checked(call, "post-webhook");
    catalog.checkSignal(webhook.signal(), "", data);
    Envelope envelope =
        acceptance.delivered(
            owners.apply(webhook.owner()),
            call,
            delivery,
            sent(webhook.signal(), DocumentJson.of(data), null));
    return Acceptance.accepted(envelope, signalId(envelope));
  }

  private static Function<EventId, Fact> sent(String type, Document data, @Nullable RunId run) {
    return id -> SignalSent.asked(id, type, data, run);
  }

  private static Acceptance.Fields signalId(Envelope envelope) {
    return out -> out.writeStringField("signal_id", envelope.id().value());
  }

  private static ClientActionId delivery(@Nullable String header) {
    try {
      if (header != null) {
        return new ClientActionId(header);
      }
    } catch (IllegalArgumentException e) {
      // told below, as for a header that is missing
    }
    throw Problem.invalid(
        "/X-Microcos-Delivery", "is required: 1 to 128 characters of printable ASCII");
  }
}
