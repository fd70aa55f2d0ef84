package dev.microcos.core.testkit;

import dev.microcos.core.application.port.EventLog;
import dev.microcos.core.application.port.Loaded;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.Subject;
import dev.microcos.core.domain.log.Aggregate;
import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.IdKey;
import dev.microcos.core.domain.log.State;
import dev.microcos.core.domain.user.UserAggregate;
import dev.microcos.core.domain.user.UserState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Logs in memory. */
public final class MemoryLog<S extends State> implements EventLog<S> {

  private final Map<Subject, NavigableMap<Long, Commit>> logs = new ConcurrentHashMap<>();
  private final Map<Subject, S> snapshots = new ConcurrentHashMap<>();
  private final Aggregate<S> aggregate;

  /** Logs of a kind. */
  public MemoryLog(Aggregate<S> aggregate) {
    this.aggregate = aggregate;
  }

  /** Logs of people. */
  public static MemoryLog<UserState> ofPeople() {
    return new MemoryLog<>(UserAggregate.USER);
  }

  @Override
  public synchronized Loaded<S> load(Subject subject, long seq) {
    S state = snapshots.getOrDefault(subject, aggregate.empty(subject));
    if (state.seq() > seq) {
      state = aggregate.empty(subject);
    }
    int commits = 0;
    for (Commit commit : log(subject).tailMap(state.seq() + 1).values()) {
      commits++;
      for (Event event : commit.events()) {
        if (event.seq() <= seq) {
          state = aggregate.evolve(state, event);
        }
      }
    }
    return new Loaded<>(state, commits);
  }

  @Override
  public synchronized boolean append(Commit commit) {
    return log(commit.subject()).putIfAbsent(commit.firstSeq(), commit) == null;
  }

  @Override
  public synchronized List<Commit> after(Subject subject, long seq, int limit) {
    return log(subject).values().stream()
        .filter(commit -> commit.lastSeq() > seq)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized Optional<Commit> find(Subject subject, EventId event) {
    return log(subject).values().stream()
        .filter(
            commit -> commit.events().stream().anyMatch(each -> each.envelope().id().equals(event)))
        .findFirst();
  }

  @Override
  public synchronized Ids idsOf(Subject subject, long after, Instant since) {
    IdKey key = IdKey.of(subject);
    List<Event> events =
        log(subject).values().stream()
            .filter(commit -> commit.lastSeq() > after && !commit.at().isBefore(since))
            .flatMap(commit -> commit.events().stream())
            .toList();
    return new Ids(
        events.stream().mapToLong(event -> key.hash(event.envelope().id())).toArray(),
        since,
        events.isEmpty() ? after : events.getLast().seq());
  }

  @Override
  public synchronized void keepSnapshot(S state) {
    snapshots.put(state.subject(), state);
  }

  /** Whom it holds something of, in the order of their partitions. */
  public synchronized List<Subject> subjects() {
    return logs.entrySet().stream()
        .filter(log -> !log.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .sorted(Comparator.comparing(Subject::partition))
        .toList();
  }

  /** Deletes a log; how many commits it held. */
  public synchronized int delete(Subject subject) {
    snapshots.remove(subject);
    NavigableMap<Long, Commit> deleted = logs.remove(subject);
    return deleted == null ? 0 : deleted.size();
  }

  private NavigableMap<Long, Commit> log(Subject subject) {
    return logs.computeIfAbsent(subject, _ -> new TreeMap<>());
  }
}
