package dev.microcos.functions.steps;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.application.port.Inbox;
import dev.microcos.core.domain.id.InputId;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.RunFact.InputReceived;
import dev.microcos.core.domain.log.RunFact.InputRequired;
import dev.microcos.core.wire.DataSchemas;
import dev.microcos.core.wire.DocumentJson;
import java.time.InstantSource;

/**
 * {@code ask}: asks a person, who answers when they will. When the time is up the loader's second
 * state asks again under the same id and gives the default answer; the log decides who was first.
 */
final class AskHandler implements Handler {
  private final Inbox inbox;
  private final InstantSource clock;

  AskHandler(Inbox inbox, InstantSource clock) {
    this.inbox = inbox;
    this.clock = clock;
  }

  @Override
  public Done handle(Step step) {
    String token = step.requireToken();
    InputId input = InputId.askedBy(step.id());
    JsonNode schema = step.with().path("schema");
    JsonNode given = step.with().path("default");
    if (!given.isMissingNode() && !DataSchemas.faults(schema, given).isEmpty()) {
      throw new Permanent("invalid_default", "the default answer does not fit its own schema");
    }
    Document otherwise = given.isMissingNode() ? null : DocumentJson.of(given);
    send(
        step,
        "asked " + token,
        new InputRequired(
            input,
            step.id(),
            step.attempt(),
            step.with().path("prompt").asText(),
            DocumentJson.of(schema),
            step.deadline(),
            otherwise,
            token));
    if (step.expired() && otherwise != null) {
      send(step, "expired", new InputReceived(input, otherwise, InputReceived.DEADLINE, null));
    }
    return new Done.Later();
  }

  private void send(Step step, String what, Fact fact) {
    inbox.send(step.run().envelope(step.once(what), fact, null, clock.instant()));
  }
}
