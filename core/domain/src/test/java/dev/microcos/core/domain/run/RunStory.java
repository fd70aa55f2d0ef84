package dev.microcos.core.domain.run;

import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.InputId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.id.StepId;
import dev.microcos.core.domain.id.UserId;
import dev.microcos.core.domain.log.Decision;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Effect;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.Fact.Rejected;
import dev.microcos.core.domain.log.Fact.RejectionCode;
import dev.microcos.core.domain.log.Fact.TokenUse;
import dev.microcos.core.domain.log.RunFact.ExecutionStarted;
import dev.microcos.core.domain.log.RunFact.InputReceived;
import dev.microcos.core.domain.log.RunFact.InputRequired;
import dev.microcos.core.domain.log.RunFact.RunStarted;
import dev.microcos.core.domain.log.RunFact.SignalReceived;
import dev.microcos.core.domain.log.RunFact.StepCompleted;
import dev.microcos.core.domain.log.RunFact.StepFailed;
import dev.microcos.core.domain.log.RunFact.StepStarted;
import dev.microcos.core.domain.log.RunFact.WaitRegistered;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One run's story: what came in, what was decided, and the state that it led to. */
final class RunStory {

  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  static final Duration HOUR = Duration.ofHours(1);
  static final Document INPUT = new Document("{\"text\":\"hello\"}");
  static final Document AFTER = new Document("{\"plan\":[1],\"text\":\"hello\"}");
  static final TokenUse TOKENS = new TokenUse("test", 7, 3);

  private static final Person PERSON = new Person(UserId.of("https://issuer.test", "ana"), 1);
  static final String ANA = PERSON.user().value();

  private final Random random = new Random(1);
  private Instant now = NOON;
  private final RunId run = RunId.startedBy(EventId.create(now, random));
  private RunState state = RunState.empty(new PersonRun(PERSON, run));
  private Decision last = new Decision(List.of(), List.of());

  /** A run that has begun. */
  static RunStory begun() {
    RunStory story = new RunStory();
    story.comes(started(null));
    story.comes(new ExecutionStarted("arn:aws:states:us-east-1:0:execution:test:run"));
    return story;
  }

  static RunStarted started(@Nullable Parent parent) {
    return started(parent, parent == null ? null : "parent token");
  }

  static RunStarted started(@Nullable Parent parent, @Nullable String token) {
    return new RunStarted(
        "approval",
        "Approval",
        "a".repeat(64),
        INPUT,
        new Trigger(Trigger.Kind.API, null),
        null,
        null,
        null,
        parent,
        token);
  }

  static StepId step(String name) {
    return StepId.of("arn", name, "2026-11-21T12:00:00Z", null);
  }

  static InputId input(String step) {
    return InputId.askedBy(step(step));
  }

  /** A run that is none of these stories'. */
  static RunId another() {
    return RunId.startedBy(EventId.create(NOON, new Random(99)));
  }

  RunId run() {
    return run;
  }

  RunState state() {
    return state;
  }

  List<Fact> facts() {
    return last.facts().stream().map(Envelope::fact).toList();
  }

  List<Effect> effects() {
    return last.effects();
  }

  @Nullable RejectionCode refusal() {
    return facts().getFirst() instanceof Rejected rejected ? rejected.code() : null;
  }

  void later(Duration by) {
    now = now.plus(by);
  }

  void begins(String name, int attempt, Document before) {
    comes(begun(name, attempt, before));
  }

  /** The step begins with a call of a model. */
  OperationId asksModel(String name) {
    return asksModel(name, 1);
  }

  OperationId asksModel(String name, int attempt) {
    OperationId call = OperationId.startedBy(EventId.create(now, random));
    comes(begun(name, attempt, INPUT), call);
    return call;
  }

  private static StepStarted begun(String name, int attempt, Document before) {
    return new StepStarted(
        step(name), name, "Do " + name, 0, null, "agent", null, attempt, before, before.hash());
  }

  void completes(String name, int attempt, Document after) {
    comes(
        new StepCompleted(
            step(name),
            attempt,
            new Document("[{\"op\":\"replace\",\"path\":\"\",\"value\":" + after.json() + "}]"),
            after.hash(),
            12,
            TOKENS,
            5,
            null));
  }

  void fails(String name, int attempt) {
    comes(new StepFailed(step(name), attempt, "Boom", "it broke", true, 12, TOKENS, 5));
  }

  void asks(String step, String token, Duration within) {
    asks(step, token, within, new Document("false"));
  }

  void asks(String step, String token, Duration within, @Nullable Document otherwise) {
    asks(step, 1, token, within, otherwise);
  }

  void asks(String step, int attempt, String token, Duration within, @Nullable Document otherwise) {
    comes(
        new InputRequired(
            input(step),
            step(step),
            attempt,
            "Shall we?",
            new Document("{\"type\":\"boolean\"}"),
            now.plus(within),
            otherwise,
            token));
  }

  void answers(String step, String value, String by) {
    comes(new InputReceived(input(step), new Document(value), by, null));
  }

  void waits(String step, String token, Duration within) {
    waits(step, 1, token, within);
  }

  void waits(String step, int attempt, String token, Duration within) {
    comes(new WaitRegistered(step(step), attempt, "email_verified", null, now.plus(within), token));
  }

  void signal(String step, String data) {
    comes(
        new SignalReceived(
            step(step), EventId.create(now, random), "email_verified", new Document(data)));
  }

  Envelope comes(Fact fact) {
    return comes(fact, null);
  }

  private Envelope comes(Fact fact, @Nullable OperationId operation) {
    now = now.plusMillis(1);
    EventId id = EventId.create(now, random);
    Envelope envelope =
        new Envelope(
            id,
            fact,
            PERSON,
            ConversationId.MAIN,
            new RequestId("req_" + id.uuid()),
            null,
            operation,
            run,
            null,
            1,
            now);
    last = RunRules.decide(state, envelope);
    for (Envelope decided : last.facts()) {
      state = RunEvolution.evolve(state, new Event(state.seq() + 1, now, decided));
    }
    return envelope;
  }
}
