package dev.microcos.core.application;

import dev.microcos.core.application.port.EventLog;
import dev.microcos.core.application.port.Loaded;
import dev.microcos.core.application.port.People;
import dev.microcos.core.application.port.Push;
import dev.microcos.core.application.port.RunPush;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.Subject;
import dev.microcos.core.domain.log.Aggregate;
import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.State;
import dev.microcos.core.domain.run.RunAggregate;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.domain.user.Policy;
import dev.microcos.core.domain.user.UserAggregate;
import dev.microcos.core.domain.user.UserState;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Folds a group of one log's envelopes into it: one load, one decision each, one conditional write,
 * then the effects, and the push last.
 */
public final class Reduce<S extends State> {

  private static final int WRITE_TRIES = 4;
  private static final int COMMITS_PER_SNAPSHOT = 64;

  private final People people;
  private final EventLog<S> log;
  private final Aggregate<S> aggregate;
  private final Performs<S> perform;
  private final Shows<S> push;
  private final InstantSource clock;
  private final Supplier<Policy> policy;
  private final WarmStates<S> warm = new WarmStates<>();
  private final BehindRing<S> behindRing;

  /**
   * A reducer.
   *
   * @param aggregate the rules of the logs
   * @param perform carries out what a commit asks for
   * @param push shows a commit to whom it concerns; never fails
   * @param policy what configuration says at the time of each decision
   */
  public Reduce(
      People people,
      EventLog<S> log,
      Aggregate<S> aggregate,
      Performs<S> perform,
      Shows<S> push,
      InstantSource clock,
      Supplier<Policy> policy) {
    this.people = people;
    this.aggregate = aggregate;
    this.log = log;
    this.behindRing = new BehindRing<>(log);
    this.perform = perform;
    this.push = push;
    this.clock = clock;
    this.policy = policy;
  }

  /** A reducer of people's own logs. */
  public static Reduce<UserState> ofPeople(
      People people,
      EventLog<UserState> log,
      Performs<UserState> perform,
      Push push,
      InstantSource clock,
      Policy policy) {
    Shows<UserState> shows = (from, to, events) -> push.commit(to.person(), from, to, events);
    return new Reduce<>(people, log, UserAggregate.USER, perform, shows, clock, () -> policy);
  }

  /**
   * A reducer of people's own logs.
   *
   * @param policy what configuration says at the time of each decision
   */
  public static Reduce<UserState> ofPeople(
      People people,
      EventLog<UserState> log,
      Performs<UserState> perform,
      Push push,
      InstantSource clock,
      Supplier<Policy> policy) {
    Shows<UserState> shows = (from, to, events) -> push.commit(to.person(), from, to, events);
    return new Reduce<>(people, log, UserAggregate.USER, perform, shows, clock, policy);
  }

  /** A reducer of the logs of runs. */
  public static Reduce<RunState> ofRuns(
      People people,
      EventLog<RunState> log,
      Performs<RunState> perform,
      RunPush push,
      InstantSource clock) {
    return new Reduce<>(
        people, log, RunAggregate.RUN, perform, push::commit, clock, () -> Policy.DEFAULT);
  }

  /**
   * Reduces the envelopes in their order.
   *
   * @param incoming at least one, all of the same log
   * @return how many of them are done; the others must come again, the first of them with {@link
   *     Outcome#failure()} as the reason
   */
  public Outcome reduce(List<Incoming> incoming) {
    int seen =
        incoming.stream().mapToInt(each -> each.envelope().person().generation()).max().orElse(1);
    Subject first = incoming.getFirst().envelope().subject();
    Subject subject = first.of(people.current(first.person().user(), seen));
    for (int tries = 1; ; tries++) {
      Loaded<S> kept = warm.get(subject);
      Loaded<S> loaded = kept == null ? log.load(subject) : kept;
      Folded<S> folded =
          new Folded<>(
              aggregate,
              loaded.state(),
              clock.instant().truncatedTo(ChronoUnit.MILLIS),
              policy.get());
      Outcome outcome = fold(folded, subject, incoming);
      Commit commit = folded.commit().orElse(null);
      if (commit == null && kept != null && !folded.repeated().isEmpty()) {
        warm.forget(subject); // no write says whether it is stale, and effects follow from it
        continue;
      }
      if (commit == null || log.append(commit)) {
        finish(folded, commit, loaded.commitsSinceSnapshot());
        return outcome;
      }
      warm.forget(subject);
      if (tries == WRITE_TRIES) {
        return new Outcome(0, new IllegalStateException("the log is contended"));
      }
    }
  }

  private Outcome fold(Folded<S> folded, Subject subject, List<Incoming> incoming) {
    Person person = subject.person();
    for (int i = 0; i < incoming.size(); i++) {
      Envelope envelope = incoming.get(i).envelope();
      if (!envelope.person().user().equals(person.user())
          || !envelope.subject().group().equals(subject.group())) {
        throw new IllegalArgumentException("a group holds the envelopes of one log");
      }
      if (envelope.person().generation() < person.generation()) {
        continue;
      }
      if (envelope.person().generation() > person.generation()) {
        return new Outcome(
            i, new IllegalStateException("the person's new generation is not known"));
      }
      Instant since = folded.behindRing(envelope).orElse(null);
      if (since != null && behindRing.holds(folded.before(), envelope, since)) {
        continue;
      }
      try {
        folded.add(envelope, incoming.get(i).received());
      } catch (RuntimeException e) {
        return new Outcome(i, e);
      }
    }
    return new Outcome(incoming.size(), null);
  }

  private void finish(Folded<S> folded, @Nullable Commit commit, int commitsBefore) {
    S after = folded.after();
    int commits = commitsBefore + (commit == null ? 0 : 1);
    boolean snapshot = commits >= COMMITS_PER_SNAPSHOT;
    warm.put(new Loaded<>(after, snapshot ? 0 : commits));
    if (commit != null) {
      behindRing.written(commit);
      perform.effects(commit, after);
    }
    for (Envelope repeated : folded.repeated()) {
      log.find(after.subject(), repeated.id()).ifPresent(found -> perform.effects(found, after));
    }
    if (commit != null) {
      push.commit(folded.before(), after, commit.events());
    }
    if (snapshot) {
      log.keepSnapshot(after);
    }
  }

  /** Carries out the effects of a commit that is written. Doing so again does no harm. */
  @FunctionalInterface
  public interface Performs<S> {
    /**
     * Performs them as far as the present state still asks for them.
     *
     * @param present the newest state of the commit's log
     */
    void effects(Commit commit, S present);
  }

  /** Shows what is new to whom it concerns. A push is a hint and never fails. */
  @FunctionalInterface
  public interface Shows<S> {
    /** The events that led from one state to the next. */
    void commit(S from, S to, List<Event> events);
  }

  /**
   * An envelope as it came.
   *
   * @param received how many times it has come, 1 for the first
   */
  public record Incoming(Envelope envelope, int received) {}

  /**
   * What became of a group.
   *
   * @param done how many envelopes are written, from the first on
   * @param failure why the next one is not; null if all are done
   */
  public record Outcome(int done, @Nullable RuntimeException failure) {}
}
