package dev.microcos.core.testkit.simulation;

import dev.microcos.core.application.port.EventLog;
import dev.microcos.core.application.port.Loaded;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.Subject;
import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Logs that are sealed by each person's key: of whom it is gone, nothing is read or written.
 *
 * @param key fails if the person's key is gone
 */
record SealedLog<S extends State>(EventLog<S> log, Consumer<Person> key) implements EventLog<S> {

  @Override
  public Loaded<S> load(Subject subject, long seq) {
    Loaded<S> loaded = log.load(subject, seq);
    if (loaded.state().seq() > 0) {
      key.accept(subject.person());
    }
    return loaded;
  }

  @Override
  public boolean append(Commit commit) {
    key.accept(commit.person());
    return log.append(commit);
  }

  @Override
  public List<Commit> after(Subject subject, long seq, int limit) {
    List<Commit> commits = log.after(subject, seq, limit);
    if (!commits.isEmpty()) {
      key.accept(subject.person());
    }
    return commits;
  }

  @Override
  public Optional<Commit> find(Subject subject, EventId event) {
    Optional<Commit> found = log.find(subject, event);
    if (found.isPresent()) {
      key.accept(subject.person());
    }
    return found;
  }

  @Override
  public Ids idsOf(Subject subject, long after, Instant since) {
    return log.idsOf(subject, after, since);
  }

  @Override
  public void keepSnapshot(S state) {
    key.accept(state.subject().person());
    log.keepSnapshot(state);
  }
}
