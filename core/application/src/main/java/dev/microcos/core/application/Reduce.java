package dev.microcos.core.application;

import dev.microcos.core.application.port.Loaded;
import dev.microcos.core.application.port.People;
import dev.microcos.core.application.port.Push;
import dev.microcos.core.application.port.UserLog;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.UserId;
import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.user.Policy;
import dev.microcos.core.domain.user.UserState;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Folds a group of one person's envelopes into their log: one load, one decision each, one
 * conditional write, then the effects, and the push last.
 */
public final class Reduce {

  private static final int WRITE_TRIES = 4;
  private static final int COMMITS_PER_SNAPSHOT = 64;

  private final People people;
  private final UserLog log;
  private final Perform perform;
  private final Push push;
  private final InstantSource clock;
  private final Policy policy;
  private final WarmStates warm = new WarmStates();

  public Reduce(
      People people, UserLog log, Perform perform, Push push, InstantSource clock, Policy policy) {
    this.people = people;
    this.log = log;
    this.perform = perform;
    this.push = push;
    this.clock = clock;
    this.policy = policy;
  }

  /**
   * Reduces the envelopes in their order.
   *
   * @param user whose they are
   * @param incoming at least one
   * @return how many of them are done; the others must come again, the first of them with {@link
   *     Outcome#failure()} as the reason
   */
  public Outcome reduce(UserId user, List<Incoming> incoming) {
    int seen =
        incoming.stream().mapToInt(each -> each.envelope().person().generation()).max().orElse(1);
    Person person = people.current(user, seen);
    for (int tries = 1; ; tries++) {
      Loaded loaded = warm.get(person);
      if (loaded == null) {
        loaded = log.load(person);
      }
      Folded folded =
          new Folded(loaded.state(), clock.instant().truncatedTo(ChronoUnit.MILLIS), policy);
      Outcome outcome = fold(folded, person, incoming);
      Commit commit = folded.commit().orElse(null);
      if (commit == null || log.append(commit)) {
        finish(folded, commit, loaded.commitsSinceSnapshot());
        return outcome;
      }
      warm.forget(person);
      if (tries == WRITE_TRIES) {
        return new Outcome(0, new IllegalStateException("the log of the person is contended"));
      }
    }
  }

  private Outcome fold(Folded folded, Person person, List<Incoming> incoming) {
    for (int i = 0; i < incoming.size(); i++) {
      Envelope envelope = incoming.get(i).envelope();
      if (!envelope.person().user().equals(person.user())) {
        throw new IllegalArgumentException("a group holds the envelopes of one person");
      }
      if (envelope.person().generation() < person.generation()) {
        continue;
      }
      if (envelope.person().generation() > person.generation()) {
        return new Outcome(
            i, new IllegalStateException("the person's new generation is not known"));
      }
      if (folded.isBehindRing(envelope) && log.find(person, envelope.id()).isPresent()) {
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

  private void finish(Folded folded, @Nullable Commit commit, int commitsBefore) {
    UserState after = folded.after();
    int commits = commitsBefore + (commit == null ? 0 : 1);
    boolean snapshot = commits >= COMMITS_PER_SNAPSHOT;
    warm.put(new Loaded(after, snapshot ? 0 : commits));
    if (commit != null) {
      perform.effects(commit, after);
    }
    for (Envelope repeated : folded.repeated()) {
      log.find(after.person(), repeated.id()).ifPresent(found -> perform.effects(found, after));
    }
    if (commit != null) {
      push.commit(after.person(), folded.before(), after, commit.events());
    }
    if (snapshot) {
      log.keepSnapshot(after);
    }
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
