package dev.microcos.core.testkit;

import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.id.StepId;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.RunFact.RunStarted;
import dev.microcos.core.domain.log.RunFact.StepStarted;
import dev.microcos.core.domain.run.Parent;
import dev.microcos.core.domain.run.Trigger;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Runs of people for tests, and the envelopes that come for them; the same at every run. */
public final class RunPeople {

  /** What runs begin with. */
  public static final Document INPUT = new Document("{\"text\":\"hello\"}");

  private final Random random;
  private int made;

  /** Runs whose ids follow from a seed. */
  public RunPeople(long seed) {
    this.random = new Random(seed);
  }

  /** A new run of a person. */
  public PersonRun run(Person person) {
    String which = Integer.toString(made++);
    EventId start = EventId.ofReport(People.NOON, person.user().value(), which);
    return new PersonRun(person, RunId.startedBy(start));
  }

  /** The run is asked for. */
  public Envelope starts(PersonRun run, String title, Instant at) {
    return envelope(run, started(title, null), at);
  }

  /** The run is asked for by a step of another one, which waits for it. */
  public Envelope starts(PersonRun run, Parent parent, Instant at) {
    return envelope(run, started("child", parent), at);
  }

  private static RunStarted started(String title, @Nullable Parent parent) {
    return new RunStarted(
        "approval",
        title,
        "a".repeat(64),
        INPUT,
        new Trigger(Trigger.Kind.API, null),
        null,
        null,
        null,
        parent,
        parent == null ? null : "parent token");
  }

  /** A step of the run begins. */
  public Envelope begins(PersonRun run, String step, Instant at) {
    Document state = new Document("{\"at\":\"" + at + "\"}");
    return envelope(
        run,
        new StepStarted(
            StepId.of("arn", step, at.toString() + random.nextInt(), null),
            step,
            step,
            0,
            null,
            "agent",
            null,
            1,
            state,
            state.hash()),
        at);
  }

  /** A step of the run begins, which asks a model. */
  public Envelope asks(PersonRun run, String step, Instant at) {
    return asking(begins(run, step, at));
  }

  /** The step of an envelope begins once more, and asks a model anew. */
  public Envelope asksAgain(PersonRun run, Envelope before, Instant at) {
    StepStarted as = (StepStarted) before.fact();
    return asking(
        envelope(
            run,
            new StepStarted(
                as.stepId(),
                as.name(),
                as.title(),
                as.order(),
                as.index(),
                as.handler(),
                as.into(),
                as.attempt() + 1,
                as.input(),
                as.inputHash()),
            at));
  }

  private static Envelope asking(Envelope begins) {
    return new Envelope(
        begins.id(),
        begins.fact(),
        begins.person(),
        begins.conversation(),
        begins.request(),
        null,
        OperationId.startedBy(begins.id()),
        begins.run(),
        null,
        0,
        begins.timestamp());
  }

  /** An envelope for the run. */
  public Envelope envelope(PersonRun run, Fact fact, Instant at) {
    EventId id = EventId.create(at, random);
    return new Envelope(
        id,
        fact,
        run.person(),
        ConversationId.MAIN,
        new RequestId("req_" + id.uuid()),
        null,
        null,
        run.run(),
        null,
        0,
        at);
  }
}
