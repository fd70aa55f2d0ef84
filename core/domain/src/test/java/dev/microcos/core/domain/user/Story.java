package dev.microcos.core.domain.user;

import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.id.TaskId;
import dev.microcos.core.domain.id.UserId;
import dev.microcos.core.domain.log.Decision;
import dev.microcos.core.domain.log.Effect;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.Fact.StopReason;
import dev.microcos.core.domain.log.Fact.TokenUse;
import dev.microcos.core.domain.log.UserFact.AssistantMessage;
import dev.microcos.core.domain.log.UserFact.TaskCreated;
import dev.microcos.core.domain.log.UserFact.UserMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** One person's story: what came in, what was decided, and the state that it led to. */
final class Story {

  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final Random random = new Random(1);
  private final Policy policy;
  private UserState state = UserState.empty(new Person(UserId.of("https://issuer.test", "ana"), 1));
  private Decision last = new Decision(List.of(), List.of());
  private Instant now = NOON;

  Story(Policy policy) {
    this.policy = policy;
  }

  Story() {
    this(Policy.DEFAULT);
  }

  UserState state() {
    return state;
  }

  List<Fact> facts() {
    return last.facts().stream().map(Envelope::fact).toList();
  }

  List<Effect> effects() {
    return last.effects();
  }

  void later(Duration by) {
    now = now.plus(by);
  }

  /** The person says something; its answer's operation comes back. */
  OperationId says(String text) {
    return OperationId.startedBy(comes(_ -> new UserMessage(text, false, null, false)).id());
  }

  OperationId interrupts(String text) {
    return OperationId.startedBy(comes(_ -> new UserMessage(text, true, null, false)).id());
  }

  void answers(OperationId operation, String text) {
    answers(operation, 1, text, StopReason.END_TURN);
  }

  void answers(OperationId operation, int attempt, String text, StopReason reason) {
    TokenUse tokens = new TokenUse("test", 7, 3);
    comes(_ -> new AssistantMessage(operation, attempt, text, reason, tokens));
  }

  TaskId adds(String title) {
    Envelope envelope =
        comes(id ->
            new TaskCreated(
                TaskId.madeBy(id),
                title,
                "2026-12-01",
                "notes",
                TaskPriority.NORMAL,
                TaskStatus.OPEN,
                TaskSource.USER));
    return TaskId.madeBy(envelope.id());
  }

  Envelope comes(Function<EventId, Fact> fact) {
    EventId id = EventId.create(now, random);
    Envelope envelope =
        new Envelope(
            id,
            fact.apply(id),
            state.person(),
            ConversationId.MAIN,
            new RequestId("req_" + id.uuid()),
            null,
            null,
            null,
            null,
            0,
            now);
    last = UserRules.decide(state, envelope, policy);
    for (Envelope decided : last.facts()) {
      state = UserEvolution.evolve(state, new Event(state.seq() + 1, now, decided));
    }
    return envelope;
  }
}
