package dev.microcos.core.testkit;

import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.id.TaskId;
import dev.microcos.core.domain.id.UserId;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.Fact.StopReason;
import dev.microcos.core.domain.log.Fact.TokenUse;
import dev.microcos.core.domain.log.UserFact.AssistantMessage;
import dev.microcos.core.domain.log.UserFact.OperationCancelled;
import dev.microcos.core.domain.log.UserFact.TaskCreated;
import dev.microcos.core.domain.log.UserFact.UserMessage;
import dev.microcos.core.domain.user.TaskPriority;
import dev.microcos.core.domain.user.TaskSource;
import dev.microcos.core.domain.user.TaskStatus;
import java.time.Instant;
import java.util.Random;
import java.util.function.Function;

/** People for tests, and the envelopes that come from them; the same at every run. */
public final class People {

  /** When tests take place. */
  public static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final Random random;

  /** People whose ids follow from a seed. */
  public People(long seed) {
    this.random = new Random(seed);
  }

  /** A person by name. */
  public static Person person(String name) {
    return new Person(UserId.of("https://issuer.test", name), 1);
  }

  /** The person says something. */
  public Envelope says(Person person, String text, Instant at) {
    return envelope(person, at, _ -> new UserMessage(text, false, null, false));
  }

  /** The person says something and wants no answer to what they said before. */
  public Envelope interrupts(Person person, String text, Instant at) {
    return envelope(person, at, _ -> new UserMessage(text, true, null, false));
  }

  /** The person adds a task. */
  public Envelope adds(Person person, String title, Instant at) {
    return envelope(
        person,
        at,
        id ->
            new TaskCreated(
                TaskId.madeBy(id),
                title,
                null,
                null,
                TaskPriority.NORMAL,
                TaskStatus.OPEN,
                TaskSource.USER));
  }

  /** The person stops an answer. */
  public Envelope stops(Person person, OperationId operation, Instant at) {
    return envelope(person, at, _ -> new OperationCancelled(operation));
  }

  /** The model answers a message. */
  public Envelope answers(Envelope said, String text, StopReason reason, Instant at) {
    OperationId operation = OperationId.startedBy(said.id());
    return new Envelope(
        EventId.ofAnswer(operation, 1, at),
        new AssistantMessage(operation, 1, text, reason, new TokenUse("test-model", 10, 5)),
        said.person(),
        said.conversation(),
        said.request(),
        null,
        operation,
        null,
        null,
        1,
        at);
  }

  /** An envelope from the person. */
  public Envelope envelope(Person person, Instant at, Function<EventId, Fact> fact) {
    EventId id = EventId.create(at, random);
    return new Envelope(
        id,
        fact.apply(id),
        person,
        ConversationId.MAIN,
        new RequestId("req_" + id.uuid()),
        null,
        null,
        null,
        null,
        0,
        at);
  }
}
