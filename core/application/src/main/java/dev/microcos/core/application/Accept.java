package dev.microcos.core.application;

import dev.microcos.core.application.port.Inbox;
import dev.microcos.core.application.port.People;
import dev.microcos.core.domain.id.ClientActionId;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.RunFact;
import dev.microcos.core.domain.log.UserFact;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;

/** Takes what a person asks for, gives it its identity and time, and puts it into the inbox. */
public final class Accept {

  private static final Duration OLDEST_ACTION = Duration.ofDays(30);
  private static final Duration ALLOWED_SKEW = Duration.ofMinutes(5);

  private final People people;
  private final Inbox inbox;
  private final InstantSource clock;
  private final RandomGenerator random;

  public Accept(People people, Inbox inbox, InstantSource clock, RandomGenerator random) {
    this.people = people;
    this.inbox = inbox;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Accepts a request. When this returns it is durable, and what is sent later sees it.
   *
   * @return the envelope that was sent; a repeated action gives one with the same id
   * @throws InvalidRequest if the action id is too old or of the future; nothing was sent
   */
  public Envelope accept(Request request) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    ClientActionId action = request.clientAction();
    if (action != null) {
      check(action, now);
    }
    Person person = people.current(request.user());
    EventId id =
        action == null
            ? EventId.create(now, random)
            : EventId.of(request.user(), request.route(), action);
    Fact fact = request.fact().apply(id);
    OperationId operation =
        fact instanceof UserFact.UserMessage ? OperationId.startedBy(id) : fact.operationId();
    RunId run = fact instanceof RunFact.RunStarted ? RunId.startedBy(id) : request.run();
    Envelope envelope =
        new Envelope(
            id,
            fact,
            person,
            request.conversation(),
            request.request(),
            action,
            operation,
            run,
            null,
            0,
            now);
    inbox.send(envelope);
    return envelope;
  }

  private static void check(ClientActionId action, Instant now) {
    action
        .time()
        .ifPresent(time -> {
          if (time.isBefore(now.minus(OLDEST_ACTION))) {
            throw new InvalidRequest("/client_action_id", "is older than 30 days; make a new one");
          }
          if (time.isAfter(now.plus(ALLOWED_SKEW))) {
            throw new InvalidRequest(
                "/client_action_id", "is more than five minutes ahead; set the clock that made it");
          }
        });
  }
}
