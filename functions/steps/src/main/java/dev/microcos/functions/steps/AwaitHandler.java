package dev.microcos.functions.steps;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.application.port.Inbox;
import dev.microcos.core.domain.log.RunFact.WaitRegistered;
import dev.microcos.core.wire.DocumentJson;
import java.time.InstantSource;

/** {@code await}: waits for a signal; one that came before it counts. */
final class AwaitHandler implements Handler {
  private final Inbox inbox;
  private final InstantSource clock;

  AwaitHandler(Inbox inbox, InstantSource clock) {
    this.inbox = inbox;
    this.clock = clock;
  }

  @Override
  public Done handle(Step step) {
    String token = step.requireToken();
    JsonNode match = step.with().path("match");
    inbox.send(
        step.run()
            .envelope(
                step.once("waits " + token),
                new WaitRegistered(
                    step.id(),
                    step.attempt(),
                    step.with().path("signal").asText(),
                    match.isObject() && !match.isEmpty() ? DocumentJson.of(match) : null,
                    step.deadline(),
                    token),
                null,
                clock.instant()));
    return new Done.Later();
  }
}
